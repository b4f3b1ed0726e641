using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Receipts.</summary>
public sealed class PriceBookTests : IDisposable
{
    private static readonly CallUsage Usage = new(
        new UsageQuantities([new("input_tokens", 1_000), new("output_tokens", 100)]), false, null);

    private readonly PriceBookFixture _prices = new();

    public void Dispose() => _prices.Dispose();

    [Fact]
    public void Price_KnownModel_SaysWhatItCostAndWhere()
    {
        var receipt = Price("gpt-4o");

        Assert.Equal((0.01m, 0.002m, 0.012m), (receipt.Input, receipt.Output, receipt.Total));
        Assert.Equal((PriceSource.Table, "stub", "gpt-4o"), (receipt.Source, receipt.Provider, receipt.Rule));
        Assert.Equal((CostCompleteness.Exact, null), (receipt.Completeness, receipt.Reason));
        Assert.Empty(receipt.Factors);
    }

    [Theory]
    [InlineData("unheard-of", null, "unknown model 'unheard-of'")]
    [InlineData("unheard-of", "unheard-of", "unknown model 'unheard-of'")]
    [InlineData("unheard-of", "deployment", "unknown model 'unheard-of', asked for as 'deployment'")]
    [InlineData("unheard-of", "aliased", "unknown model 'nowhere', asked for as 'aliased'")]
    [InlineData("", null, "the model is not known")]
    public void Price_UnknownModel_IsUnpricedAndNotZero(string model, string? requested, string reason)
    {
        _prices.Options.Aliases["aliased"] = "azure/nowhere";

        var receipt = Price(model, requested: requested);

        Assert.Equal((CostCompleteness.Unpriced, reason), (receipt.Completeness, receipt.Reason));
        Assert.Null(receipt.Total);
        Assert.Equal(PriceSource.None, receipt.Source);
        Assert.Equal(Usage.Quantities, receipt.Usage);
    }

    [Fact]
    public void Price_RequestWithoutAnything_IsUnpriced()
    {
        _prices.Override("m", 1);

        var receipt = _prices.Open().Price(default, Usage, default);

        Assert.Equal((CostCompleteness.Unpriced, "the model is not known"), (receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData("in-house", "unknown provider 'in-house'")]
    [InlineData(null, "unknown provider of model 'm'")]
    public void Price_UnknownProvider_IsNamed(string? provider, string reason)
    {
        using var prices = new PriceBookFixture { Table = new() { Miss = PriceLookup.UnknownProvider } };

        var receipt = prices.Open().Price(PriceBookFixture.Ask("m", provider), Usage, default);

        Assert.Equal((CostCompleteness.Unpriced, reason), (receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData(null, "no usage was reported")]
    [InlineData("the stream was cut", "the stream was cut")]
    public void Price_UnknownUsage_IsUnpricedAndNotZero(string? reason, string expected)
    {
        var receipt = _prices.Open().Price(PriceBookFixture.Ask("gpt-4o"), new(UsageQuantities.Empty, false, reason), default);

        Assert.Equal((CostCompleteness.Unpriced, expected, null), (receipt.Completeness, receipt.Reason, receipt.Total));
    }

    [Fact]
    public void Price_EstimatedUsage_SaysSoWithTheReason()
    {
        var receipt = _prices.Open().Price(PriceBookFixture.Ask("gpt-4o"), Usage with { IsEstimated = true, Reason = "guessed" }, default);

        Assert.Equal((CostCompleteness.Estimated, "guessed", 0.012m), (receipt.Completeness, receipt.Reason, receipt.Total));
    }

    [Fact]
    public void Price_PartialUsage_SaysSoWithTheReason()
    {
        var receipt = _prices.Open().Price(
            PriceBookFixture.Ask("gpt-4o"), Usage with { IsEstimated = true, IsPartial = true, Reason = "an image" }, default);

        Assert.Equal((CostCompleteness.Partial, "an image", 0.012m), (receipt.Completeness, receipt.Reason, receipt.Total));
    }

    [Theory]
    [InlineData("input_mtok", CostCompleteness.Estimated)]
    [InlineData("input_audio_mtok", CostCompleteness.Exact)]
    public void Price_EstimateWithoutPartInTheAmount_LeavesItExact(string mattersTo, CostCompleteness completeness)
    {
        var usage = Usage with { IsEstimated = true, Reason = "guessed", EstimateMattersTo = mattersTo };

        var receipt = _prices.Open().Price(PriceBookFixture.Ask("gpt-4o"), usage, default);

        Assert.Equal(completeness, receipt.Completeness);
        Assert.Equal(completeness == CostCompleteness.Exact ? null : "guessed", receipt.Reason);
    }

    [Fact]
    public void Price_ContradictoryUsage_IsUnpricedWhateverElseIsWrong()
    {
        var usage = new CallUsage(new([new("cache_read_tokens", 5)]), true, "guessed") { IsPartial = true };
        _prices.Override("m", 1).Rates["cache_read_mtok"] = 1;

        var receipt = _prices.Open().Price(PriceBookFixture.Ask("m"), usage, new(null, "priority", null));

        Assert.Equal((CostCompleteness.Unpriced, null), (receipt.Completeness, receipt.Total));
        Assert.StartsWith("the usage contradicts itself", receipt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Price_VersionOfTheFile_IsOnTheReceipt()
    {
        using var file = new PriceFileFixture(PriceFileFixture.Price("m", 3));
        _prices.Options.PriceFile = file.Name;

        var receipt = Price("m");

        Assert.Equal((PriceSource.File, "v3", "*"), (receipt.Source, receipt.DataVersion, receipt.Provider));
    }

    [Fact]
    public void Estimate_KnownModel_IsWhatTheCallWouldCost()
    {
        var book = _prices.Open();

        Assert.Equal(0.012m, book.Estimate(PriceBookFixture.Ask("gpt-4o"), default, 1_000, 100));
        Assert.Equal(0.006m, book.Estimate(PriceBookFixture.Ask("gpt-4o"), new(null, "flex", null), 1_000, 100));
        Assert.Equal(0m, book.Estimate(PriceBookFixture.Ask("gpt-4o"), default, 0, 0));
        Assert.Null(book.Estimate(PriceBookFixture.Ask("unheard-of"), default, 1_000, 100));
    }

    [Theory]
    [InlineData("azure.ai.openai", "my-deployment", "gpt-4o-2024-08-06", "azure", 0.0035)]
    [InlineData("azure.ai.openai", "grok-4", "grok-4", "azure", 0.0045)]
    [InlineData("azure.ai.inference", "gpt-4o", null, "azure", 0.0035)]
    [InlineData("openai", "gpt-4o", "gpt-4o-2024-08-06", "openai", 0.0035)]
    [InlineData("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "anthropic", 0.0045)]
    [InlineData("gcp.gen_ai", "gemini-2.5-flash", "gemini-2.5-flash", "google", 0.00055)]
    [InlineData("x_ai", "grok-4", "grok-4-0709", "x-ai", 0.0045)]
    public void Price_TableOfThePackage_KnowsWhatConnectorsSay(string provider, string asked, string? answered, string seller, double total)
    {
        using var book = new PriceBook(new(), [], _prices.Faults, new FakeLogger(_prices.Logs, "prices"), _prices.Clock, new CurrentTable());

        var receipt = book.Price(PriceBookFixture.Ask(answered ?? asked, provider), Usage, default, asked);

        Assert.Equal((seller, (decimal)total, CostCompleteness.Exact), (receipt.Provider, receipt.Total, receipt.Completeness));
    }

    private CostReceipt Price(string model, string? requested = null) =>
        _prices.Open().Price(PriceBookFixture.Ask(model), Usage, default, requested);
}
