using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults;

public sealed class KilledWriterTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private const int BatchSize = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_ProcessKilledInTheMiddle_LosesNothingThatWasAcknowledged(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        List<int> acknowledged = [];
        var rounds = Repeated.Times(ordinarily: 3);
        for (var round = 1; round <= rounds; round++)
        {
            using var writer = new ChildWriter(database, round * 1_000_000, BatchSize, batchCount: 10_000);
            acknowledged.AddRange(await writer.ReadAcknowledgedAsync(10 * (((round - 1) % 3) + 1), Stop));
            acknowledged.AddRange(await writer.KillAsync(Stop));
        }

        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1)], Stop);
        var numbers = await LogReading.NumbersAsync(log);

        var lost = acknowledged.Except(numbers).Count();
        output.WriteLine($"{kind}: {rounds} kills, {acknowledged.Count} events acknowledged, {lost} of them lost");
        Assert.Equal(0, lost);
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.All(numbers.Where(static number => number > 1).GroupBy(static number => number / BatchSize), static batch => Assert.Equal(BatchSize, batch.Count()));
        var verification = await LogReading.AssertIntactAsync(log);
        Assert.Equal(rounds + 1, verification.WriterCount);
        Assert.Equal(numbers.Count, verification.EventCount);
    }
}
