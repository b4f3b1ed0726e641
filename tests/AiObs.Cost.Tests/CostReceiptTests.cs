using System.Globalization;
using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Tests;

public sealed class CostReceiptTests
{
    private static readonly ModelPrice Sonnet = new("anthropic", "claude-sonnet", new Dictionary<string, UnitRate>
    {
        ["input_mtok"] = new(3) { Tiers = [new(200_000, 6)] },
        ["cache_read_mtok"] = 0.3m,
        ["output_mtok"] = 15,
    })
    {
        DataVersion = "prices 1.0",
    };

    private static readonly UsageQuantities Usage =
        new([new("input_tokens", 1_250_000), new("cache_read_tokens", 1_000_007), new("output_tokens", 42), new("web_searches", 3)]);

    [Fact]
    public void ToString_EverythingThereIs_IsAnAlignedTable()
    {
        var receipt = PriceCalculator.Calculate(Sonnet, PriceSource.Table, Usage, [new("service tier batch", 0.5m)], isEstimated: false);

        Assert.Equal(
            """
            rule    claude-sonnet (anthropic)
            prices  table, prices 1.0
            tier    above 200,000 input tokens
            factor  0.5 (service tier batch)

            unit                quantity  rate        per         USD
            input_tokens         249,993     3  1,000,000  0.74997900
            cache_read_tokens  1,000,007  0.15  1,000,000  0.15000105
            output_tokens             42   7.5  1,000,000  0.00031500
            total                                          0.90029505

            amount  partial: no rate for web_searches
            """.ReplaceLineEndings("\n"),
            receipt.ToString());
    }

    [Fact]
    public void ToString_NoPrice_SaysWhyThereIsNoAmount()
    {
        var receipt = new CostReceipt { Usage = Usage, Completeness = CostCompleteness.Unpriced, Reason = "the model nosuch is unknown" };

        Assert.Equal(
            """
            rule    none
            prices  none
            amount  unpriced: the model nosuch is unknown
            """.ReplaceLineEndings("\n"),
            receipt.ToString());
    }

    [Fact]
    public void ToString_FreeModel_HasATotalOfZero()
    {
        var free = new ModelPrice("openrouter", "free", new Dictionary<string, UnitRate>());

        Assert.Equal(
            """
            rule    free (openrouter)
            prices  options

            unit   quantity  rate  per   USD
            total                       0.00

            amount  exact
            """.ReplaceLineEndings("\n"),
            PriceCalculator.Calculate(free, PriceSource.Options, Usage, [], isEstimated: false).ToString());
    }

    [Fact]
    public void ToString_CultureWithCommas_IsTheSameText()
    {
        var receipt = PriceCalculator.Calculate(Sonnet, PriceSource.Table, Usage, [], isEstimated: false);
        var text = receipt.ToString();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(text, receipt.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Equals_SameCalculation_IsEqual()
    {
        var one = PriceCalculator.Calculate(Sonnet, PriceSource.Table, Usage, [new("batch", 0.5m)], isEstimated: false);
        var same = PriceCalculator.Calculate(Sonnet, PriceSource.Table, new(Usage.All), [new("batch", 0.5m)], isEstimated: false);

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
    }

    public static TheoryData<string, CostReceipt> Others
    {
        get
        {
            var receipt = PriceCalculator.Calculate(Sonnet, PriceSource.Table, Usage, [], isEstimated: false);
            return new()
            {
                { "usage", receipt with { Usage = UsageQuantities.Empty } },
                { "lines", receipt with { Lines = [.. receipt.Lines.Skip(1)] } },
                { "provider", receipt with { Provider = "other" } },
                { "rule", receipt with { Rule = "other" } },
                { "version", receipt with { DataVersion = "other" } },
                { "source", receipt with { Source = PriceSource.File } },
                { "completeness", receipt with { Completeness = CostCompleteness.Exact } },
                { "usage completeness", receipt with { UsageCompleteness = CostCompleteness.Partial } },
                { "reason", receipt with { Reason = "other" } },
                { "tier", receipt with { TierStart = 1 } },
                { "factors", receipt with { Factors = [new("batch", 1)] } },
                { "input", receipt with { Input = 1 } },
                { "output", receipt with { Output = 1 } },
                { "total", receipt with { Total = 1 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Equals_OnePropertyDiffers_IsNotEqual(string property, CostReceipt other)
    {
        var receipt = PriceCalculator.Calculate(Sonnet, PriceSource.Table, Usage, [], isEstimated: false);

        Assert.False(receipt.Equals(other), property);
    }

    [Fact]
    public void Others_EveryProperty_HasItsCase() =>
        Assert.Equal(typeof(CostReceipt).GetProperties().Length, Others.Count);
}
