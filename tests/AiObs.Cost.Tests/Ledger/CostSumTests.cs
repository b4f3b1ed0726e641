using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

public sealed class CostSumTests
{
    [Fact]
    public void Add_TokensBeyondTheLargestNumber_StopsThere()
    {
        var call = CostSamples.Call(1) with { Receipt = new() { Usage = CostSamples.Usage(long.MaxValue, 1) } };

        var sum = CostSum.Of(call).Add(CostSum.Of(call));

        Assert.Equal((long.MaxValue, 2), (sum.InputTokens, sum.OutputTokens));
    }

    [Fact]
    public void Of_AmountThatTheProviderReported_IsPricedWhateverTheReceiptSays()
    {
        var call = CostSamples.Call(1, total: null) with { Total = 0.5m, ReportedTotal = 0.5m };

        var sum = CostSum.Of(call);

        Assert.Equal((0.5m, 0), (sum.Total, sum.UnpricedCount));
    }

    [Fact]
    public void Add_Zero_ChangesNothing()
    {
        var sum = CostSum.Of(CostSamples.Call(1));

        Assert.Equal(sum, sum.Add(CostSum.Zero));
        Assert.Equal(sum, CostSum.Zero.Add(sum));
    }

    [Fact]
    public void Of_Null_Throws() => Assert.Throws<ArgumentNullException>(() => CostSum.Of(null!));
}
