using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults;

public sealed class KilledWriterTests(DatabaseFixture databases)
{
    private const int BatchSize = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_ProcessKilledInTheMiddle_LosesNothingThatWasAcknowledged(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        List<int> acknowledged = [];
        for (var round = 1; round <= 3; round++)
        {
            using var writer = new ChildWriter(database, round * 1_000_000, BatchSize, batchCount: 10_000);
            acknowledged.AddRange(await writer.ReadAcknowledgedAsync(10 * round, Stop));
            acknowledged.AddRange(await writer.KillAsync(Stop));
        }

        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1)], Stop);
        var numbers = await LogReading.NumbersAsync(log);

        Assert.Empty(acknowledged.Except(numbers));
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.All(numbers.Where(static number => number > 1).GroupBy(static number => number / BatchSize), static batch => Assert.Equal(BatchSize, batch.Count()));
        var verification = await LogReading.AssertIntactAsync(log);
        Assert.Equal(4, verification.WriterCount);
        Assert.Equal(numbers.Count, verification.EventCount);
    }
}
