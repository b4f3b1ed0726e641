using AiObs.Operations;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Repricing;

/// <summary>However often calls are priced again: the records add up to what the last prices say, in the store and in the totals.</summary>
public sealed class RepricingProperties
{
    private static readonly Config Quiet = Fuzz.Config();

    [Fact]
    public void Reprice_AnyCallsUnderAnyPricesInTurn_AddsUpToTheLast() => Check.One(
        Quiet, Prop.ForAll<(byte Input, byte Output, byte? Cents)[], NonEmptyArray<byte>>((calls, rates) =>
        {
            var records = (calls ?? []).Select(static (call, index) => Call(index, call.Input, call.Output, call.Cents)).ToList();
            foreach (var rate in rates.Get)
            {
                RepriceAll(records, rate);
            }

            var last = rates.Get[^1];
            var expected = (calls ?? []).Sum(call => (call.Input + (2m * call.Output)) * last / 1_000_000);
            var accumulator = new CostAccumulator();
            records.ForEach(accumulator.Add);
            Assert.Equal(expected, records.Sum(static record => record.Total ?? 0));
            Assert.Equal(expected, accumulator.Total.Total);
            Assert.Equal((records.Count(static record => record.Corrects is null), 0), (accumulator.Total.CallCount, accumulator.Total.UnpricedCount));
            Assert.Empty(RepriceAll(records, last));
        }));

    private static CostRecord Call(int index, byte input, byte output, byte? cents) => CostSamples.Call(index, cents / 100m) with
    {
        RequestModel = "model",
        Receipt = CostSamples.Receipt(cents / 100m, cents is null ? CostCompleteness.Unpriced : CostCompleteness.Exact) with
        {
            Usage = CostSamples.Usage(input, output),
        },
    };

    private static List<CostRecord> RepriceAll(List<CostRecord> records, byte rate)
    {
        var scenario = new CostScenario { Prices = new FixedPrices(("acme", "model", rate, 2 * rate)) };
        var corrections = CostRepricing.Latest(records)
            .Select(record => CostRepricing.Reprice(record, scenario)).OfType<CostRecord>().ToList();
        records.AddRange(corrections);
        return corrections;
    }
}
