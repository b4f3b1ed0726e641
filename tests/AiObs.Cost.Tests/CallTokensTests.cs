using AiObs.Cost.Usage;

namespace AiObs.Cost.Tests;

public sealed class CallTokensTests
{
    [Fact]
    public void Of_InputAndOutput_IsTheirSum() => Assert.Equal(12, CallTokens.Of(UsageMapper.Tokens(10, 2)));

    [Fact]
    public void Of_OneOfThem_IsThatOne()
    {
        Assert.Equal(10, CallTokens.Of(new UsageQuantities([new("input_tokens", 10)])));
        Assert.Equal(2, CallTokens.Of(new UsageQuantities([new("output_tokens", 2.9m)])));
    }

    [Fact]
    public void Of_NeitherOfThem_IsNothing() => Assert.Null(CallTokens.Of(new UsageQuantities([new("web_searches", 1)])));

    [Fact]
    public void Of_CountsThatAreAbsurd_StopsAtTheLargestNumber()
    {
        Assert.Equal(long.MaxValue, CallTokens.Of(UsageMapper.Tokens(long.MaxValue, 1)));
        Assert.Equal(long.MaxValue, CallTokens.Of(new UsageQuantities([new("input_tokens", decimal.MaxValue), new("output_tokens", decimal.MaxValue)])));
    }
}
