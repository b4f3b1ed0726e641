using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

public sealed class GoldenCostTests
{
    // The vectors speak of the rules alone, which do not know OpenTelemetry's names of providers.
    private readonly PriceTable _table = new(PriceRulesReader.Read(EmbeddedPrices.ReadPrices(), EmbeddedPrices.Version), static provider => provider);

    [Fact]
    public void Calculate_KnownCosts_AgreesToTheLastDigit()
    {
        var vectors = GoldenVector.ReadAll();

        var disagreements = vectors
            .Select(vector => (vector.Text, vector.Expected, Actual: Price(vector)))
            .Where(static result => !result.Expected.Agrees(result.Actual))
            .Select(static result => $"{result.Text}\n  expected {result.Expected}\n  actual   {result.Actual}")
            .ToList();

        Assert.NotEmpty(vectors);
        Assert.True(disagreements.Count == 0, $"{disagreements.Count} of {vectors.Count} disagree:\n{string.Join('\n', disagreements)}");
    }

    private GoldenOutcome Price(GoldenVector vector) => _table.Find(vector.Request).Price is { } price
        ? GoldenOutcome.Of(PriceCalculator.Calculate(price, PriceSource.Table, vector.Usage, [], isEstimated: false))
        : GoldenOutcome.NoPrice;
}
