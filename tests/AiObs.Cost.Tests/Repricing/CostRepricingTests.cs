using AiObs.Operations;
using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Repricing;

public sealed class CostRepricingTests
{
    private static readonly FixedPrices Prices = new(
        ("acme", "small", 1000, 10_000), ("acme", "large", 5000, 20_000), ("other", "huge", 10_000, 30_000), ("acme", "free", 0, 0));

    private static readonly CostScenario Same = new() { Prices = Prices };

    /// <summary>Gets 100 input and 10 output tokens of the small model: 0.2 USD at these prices, recorded as 0.15.</summary>
    private static CostRecord Call => CostSamples.Call(1, 0.15m) with
    {
        Provider = "acme",
        RequestModel = "small",
        UserId = "ada",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        ReportedTotal = 0.14m,
    };

    private static CostRecord Unpriced => Call with { Total = null, ReportedTotal = null, Receipt = CostSamples.Receipt(null, CostCompleteness.Unpriced) };

    [Fact]
    public void Reprice_OtherRates_IsTheDifferenceAsANewRecord()
    {
        var correction = CostRepricing.Reprice(Call, Same)!;

        Assert.Equal(0.05m, correction.Total);
        Assert.Equal(0.2m, correction.Receipt.Total);
        Assert.Equal(("2", "small", PriceSource.Custom), (correction.Receipt.DataVersion, correction.Receipt.Rule, correction.Receipt.Source));
        Assert.Equal(Call.Receipt.Usage, correction.Receipt.Usage);
        Assert.Equal(2, correction.Receipt.Lines.Count);
        Assert.Equal(
            Call with
            {
                Id = correction.Id,
                Corrects = Call.Id,
                CorrectedCompleteness = CostCompleteness.Exact,
                Total = 0.05m,
                ReportedTotal = null,
                Receipt = correction.Receipt,
                Tags = correction.Tags,
            },
            correction);
    }

    [Fact]
    public void Reprice_Twice_MakesTheSameRecord()
    {
        var correction = CostRepricing.Reprice(Call, Same)!;

        Assert.Equal(correction.Id, CostRepricing.Reprice(Call, Same)!.Id);
        Assert.NotEqual(Call.Id, correction.Id);
        Assert.NotEqual(correction.Id, CostRepricing.Reprice(Call with { Id = CostSamples.IdOf(2) }, Same)!.Id);
    }

    [Fact]
    public void Reprice_AmountStays_IsNull() =>
        Assert.Null(CostRepricing.Reprice(Call with { Total = 0.2m }, Same));

    [Fact]
    public void Reprice_NoPrice_IsNullAndTheReceiptSaysWhy()
    {
        var scenario = Same with { Model = "unheard-of" };

        Assert.Null(CostRepricing.Reprice(Call, scenario));
        var comparison = CostRepricing.Compare(Call, scenario);
        Assert.Null(comparison.After);
        Assert.Null(comparison.Difference);
        Assert.Equal(CostCompleteness.Unpriced, comparison.Receipt.Completeness);
        Assert.Equal("the scenario has no price of model 'unheard-of'", comparison.Receipt.Reason);
    }

    [Fact]
    public void Reprice_UnpricedCall_IsTheWholeAmount()
    {
        var correction = CostRepricing.Reprice(Unpriced, Same)!;

        Assert.Equal(0.2m, correction.Total);
        Assert.Equal(CostCompleteness.Unpriced, correction.CorrectedCompleteness);
        Assert.Equal(0, CostSum.Of(Unpriced).Add(CostSum.Of(correction)).UnpricedCount);
    }

    [Fact]
    public void Reprice_UnpricedCallOfAFreeModel_IsAKnownZero()
    {
        var correction = CostRepricing.Reprice(Unpriced, Same with { Model = "free" })!;

        Assert.Equal(0m, correction.Total);
        Assert.Equal(0m, correction.Receipt.Total);
    }

    [Fact]
    public void Reprice_UsageUnknown_StaysUnpriced()
    {
        var comparison = CostRepricing.Compare(
            Unpriced with { Receipt = new() { Usage = UsageQuantities.Empty, Completeness = CostCompleteness.Unpriced } }, Same);

        Assert.Null(comparison.After);
        Assert.Equal("the usage is not known", comparison.Receipt.Reason);
    }

    [Fact]
    public void Reprice_Correction_StartsFromTheCorrectedAmount()
    {
        var first = CostRepricing.Reprice(Call, Same with { Model = "large" })!;
        Assert.Equal(0.7m, first.Receipt.Total);

        var second = CostRepricing.Reprice(first, Same)!;

        Assert.Equal(-0.5m, second.Total);
        Assert.Equal(first.Id, second.Corrects);
        Assert.Equal(0.2m, Call.Total + first.Total + second.Total);
        Assert.Null(CostRepricing.Reprice(second, Same));
    }

    [Fact]
    public void Reprice_OtherFactors_MultipliesTheRates()
    {
        var batch = Same with { Factors = [new("service tier batch", 0.5m)] };

        Assert.Equal(0.1m, CostRepricing.Compare(Call, batch).After);
        Assert.Equal(batch.Factors, CostRepricing.Compare(Call, batch).Receipt.Factors);
    }

    [Fact]
    public void Reprice_FactorsOfTheReceipt_HoldUnlessTheScenarioHasItsOwn()
    {
        var batch = Call with { Receipt = Call.Receipt with { Factors = [new("service tier batch", 0.5m)] } };

        Assert.Equal(0.1m, CostRepricing.Compare(batch, Same).After);
        Assert.Equal(0.2m, CostRepricing.Compare(batch, Same with { Factors = [] }).After);
    }

    [Fact]
    public void Reprice_ModelOfAnotherProvider_IsFoundUnlessOneIsGiven()
    {
        Assert.Equal(1.3m, CostRepricing.Compare(Call, Same with { Model = "huge" }).After);
        Assert.Equal(1.3m, CostRepricing.Compare(Call, Same with { Model = "huge", Provider = "other" }).After);
        Assert.Null(CostRepricing.Compare(Call, Same with { Model = "huge", Provider = "acme" }).After);
    }

    [Theory]
    [InlineData("small", "large", null, 0.7)]
    [InlineData("small", "small-2026", null, 0.2)]
    [InlineData("my-deployment", null, "large", 0.7)]
    [InlineData("my-deployment", null, "unheard-of", null)]
    public void Reprice_SameModel_IsTheOneThatAnsweredElseAskedForElseThatOfTheReceipt(
        string requested, string? answered, string? rule, double? expected)
    {
        var record = Call with
        {
            RequestModel = requested,
            ResponseModel = answered,
            Receipt = Call.Receipt with { Provider = "acme", Rule = rule },
        };

        Assert.Equal((decimal?)expected, CostRepricing.Compare(record, Same).After);
    }

    [Theory]
    [InlineData(CostCompleteness.Exact)]
    [InlineData(CostCompleteness.Estimated)]
    [InlineData(CostCompleteness.Partial)]
    public void Reprice_UsageThatIsDoubtful_StaysDoubtful(CostCompleteness usage)
    {
        var record = Unpriced with { Receipt = Unpriced.Receipt with { UsageCompleteness = usage } };

        var receipt = CostRepricing.Compare(record, Same).Receipt;

        Assert.Equal((usage, usage), (receipt.Completeness, receipt.UsageCompleteness));
        Assert.Equal(usage == CostCompleteness.Exact, receipt.Reason is null);
    }

    [Fact]
    public void Reprice_DefaultPrices_AreThoseOfTheTable()
    {
        var record = Call with { Provider = "openai", RequestModel = "gpt-4o" };

        var receipt = CostRepricing.Compare(record, new()).Receipt;

        Assert.Equal((PriceSource.Table, "gpt-4o"), (receipt.Source, receipt.Rule));
        Assert.Equal(0.00035m, receipt.Total);
    }

    [Fact]
    public void Reprice_Record_IsNotTouched()
    {
        var before = CostRecordText.Of(Call);
        var record = Call;

        CostRepricing.Reprice(record, Same);

        Assert.Equal(before, CostRecordText.Of(record));
    }

    [Fact]
    public void WhatIf_Calls_AddsUpBothSidesOfWhatCanBeCompared()
    {
        var corrected = Call with { Id = CostSamples.IdOf(2), Total = 9 };
        var correction = CostRepricing.Reprice(corrected, Same)!;
        var unpriced = Unpriced with { Id = CostSamples.IdOf(3) };

        var result = CostRepricing.WhatIf([Call, corrected, unpriced, correction], Same with { Model = "large" });

        Assert.Equal([Call.Id, unpriced.Id, correction.Id], result.Calls.Select(static call => call.Record.Id));
        Assert.Equal([0.15m, null, 0.2m], result.Calls.Select(static call => call.Before));
        Assert.Equal([0.7m, 0.7m, 0.7m], result.Calls.Select(static call => call.After));
        Assert.Equal((0.35m, 1.4m, 1.05m), (result.Before, result.After, result.Difference));
        Assert.Equal([unpriced.Id], result.Incomparable.Select(static call => call.Record.Id));
    }

    [Fact]
    public void WhatIf_NoCalls_IsNothing()
    {
        var result = CostRepricing.WhatIf([], Same);

        Assert.Equal((0m, 0m), (result.Before, result.After));
        Assert.Empty(result.Calls);
    }

    [Fact]
    public async Task Reprice_WholeStore_BringsTheSumToTheNewPricesOnce()
    {
        var stop = TestContext.Current.CancellationToken;
        var store = new InMemoryCostStore();
        await store.RecordAsync(Call, stop);
        await store.RecordAsync(Unpriced with { Id = CostSamples.IdOf(2), CallId = "2" }, stop);

        for (var round = 0; round < 2; round++)
        {
            foreach (var record in CostRepricing.Latest(await ((ICostStore)store).ReadAsync(CostQuery.All, stop).ToListAsync(stop)))
            {
                if (CostRepricing.Reprice(record, Same) is { } correction)
                {
                    Assert.True(await store.RecordAsync(correction, stop));
                }
            }
        }

        var sum = await store.SumAsync(CostQuery.All, stop);
        Assert.Equal((0.4m, 2, 4, 0), (sum.Total, sum.CallCount, sum.RecordCount, sum.UnpricedCount));
    }
}
