using AiObs.Cost.Ledger;
using AiObs.Operations;
using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

/// <summary>Eight writers at once; every record costs a thousandth of a dollar per input token, so a torn sum shows.</summary>
public sealed class CostAccumulatorConcurrencyTests
{
    private const int Writers = 8;
    private const int CallsPerWriter = 5_000;

    private static readonly CostReceipt Receipt = CostSamples.Receipt(0.1m, CostCompleteness.Exact);

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(40, 1_000)]
    [InlineData(6_000, 1_000)]
    [InlineData(12_000, 7)]
    public async Task Add_FromManyThreads_LosesAndDoublesNothing(int users, int capacity)
    {
        var accumulator = new CostAccumulator(capacity);
        using var barrier = new Barrier(Writers + 1);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () => Write(accumulator, barrier, writer, users),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();

        barrier.SignalAndWait(TestContext.Current.CancellationToken);
        long seen = 0;
        while (!writers.TrueForAll(static writer => writer.IsCompleted))
        {
            var totals = accumulator.Read();
            AssertWhole(totals);
            Assert.True(totals.Total.CallCount >= seen, "A later reading has fewer calls.");
            seen = totals.Total.CallCount;
        }

        await Task.WhenAll(writers);
        var final = accumulator.Read();
        AssertWhole(final);
        Assert.Equal(Writers * CallsPerWriter, final.Total.CallCount);
        Assert.Equal(Writers * CallsPerWriter * 0.1m, final.Total.Total);
    }

    [Fact]
    public async Task Read_AfterAWriterReturned_HasItsCall()
    {
        var accumulator = new CostAccumulator();
        var written = 0;

        await Parallel.ForAsync(0, 4_000, TestContext.Current.CancellationToken, (number, _) =>
        {
            accumulator.Add(Call(number, users: 10));
            var atLeast = Interlocked.Increment(ref written);
            Assert.True(accumulator.Total.CallCount >= atLeast, "A call that was added is missing.");
            return ValueTask.CompletedTask;
        });
    }

    private static void Write(CostAccumulator accumulator, Barrier barrier, int writer, int users)
    {
        barrier.SignalAndWait();
        for (var i = 0; i < CallsPerWriter; i++)
        {
            accumulator.Add(Call((i * Writers) + writer, users));
        }
    }

    private static CostRecord Call(int number, int users) => CostSamples.Call(number, 0.1m) with
    {
        Time = CostSamples.Start.AddSeconds(number),
        UserId = $"user {number % users}",
        Receipt = Receipt,
    };

    private static void AssertWhole(CostTotals totals)
    {
        foreach (var grouping in CostKeys.Groupings)
        {
            var rows = totals.By(grouping);
            Assert.Equal(totals.Total.Total, rows.Sum(static row => row.Sum.Total));
            Assert.Equal(totals.Total.CallCount, rows.Sum(static row => row.Sum.CallCount));
            Assert.All(rows, static row => Assert.Equal(row.Sum.InputTokens / 1_000m, row.Sum.Total));
        }
    }
}
