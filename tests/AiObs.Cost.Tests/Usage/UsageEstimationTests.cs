using AiObs.Cost.Tests.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Usage;

public sealed class UsageEstimationTests : IDisposable
{
    private readonly PriceBookFixture _faults = new();

    public void Dispose() => _faults.Dispose();

    [Fact]
    public void Complete_NothingReported_IsEstimatedFromBothTexts()
    {
        var usage = Complete(null, new(100, false), new(40, false));

        Assert.Equal("input 100, output 40", usage.Quantities.Text());
        Assert.Equal((true, false, "input and output were estimated from their text"), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Complete_StreamLeftBeforeItsUsage_KeepsTheInputThatWasReported()
    {
        // Anthropic reports the input and a first output token when a stream starts.
        var usage = Complete(new() { Input = 300, Output = 1, Total = 301, CacheRead = 200 }, new(100, true), new(40, false));

        Assert.Equal("input 300, cache_read 200, output 40", usage.Quantities.Text());
        Assert.Equal((true, false, "the output was estimated from the text that was delivered"), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Complete_OnlyOutputReported_EstimatesTheInput()
    {
        var usage = Complete(new() { Output = 50 }, new(100, false), new(40, true));

        Assert.Equal("input 100, output 50", usage.Quantities.Text());
        Assert.Equal((true, false, "the input was estimated from the text of the request"), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Complete_EverythingReported_IsExact()
    {
        var usage = Complete(new() { Input = 300, Output = 40 }, new(100, true), new(40, true));

        Assert.Equal("input 300, output 40", usage.Quantities.Text());
        Assert.Equal((false, false, null), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Theory]
    [InlineData(500, "input 500", false, "only the total was reported; it is counted as input")]
    [InlineData(30, "input 100, output 40", true, "input and output were estimated from their text")]
    public void Complete_OnlyTheTotalReported_HoldsUnlessMoreWasDelivered(long total, string used, bool isEstimated, string reason)
    {
        var usage = Complete(new() { Total = total }, new(100, false), new(40, false));

        Assert.Equal(used, usage.Quantities.Text());
        Assert.Equal((isEstimated, !isEstimated, reason), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Complete_ImageInWhatIsEstimated_IsPartial()
    {
        var usage = Complete(null, new(100, true), new(40, false));

        Assert.Equal((true, "input and output were estimated from their text; images, sound and files are not counted"), (usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Complete_ReportedPartsContradict_SaysThatToo()
    {
        var usage = Complete(new() { Output = 50, CacheRead = 200 }, new(100, false), new(40, false));

        Assert.Equal("input 100, output 50", usage.Quantities.Text());
        Assert.Equal("the input was estimated from the text of the request; cache_read_tokens (200) exceeds input_tokens (100)", usage.Reason);
    }

    private CallUsage Complete(TokenUsage? reported, TokenEstimate input, TokenEstimate output) =>
        UsageEstimation.Complete(new UsageMapper(null, TimeSpan.FromMinutes(1), _faults.Faults), reported, input, output);
}
