using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

public sealed class CostSeriesSnapshotTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task SumSeriesAsync_WhileRecordsArrive_SumAndGroupsSayTheSame(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (writer, reader) = (database.OpenCosts(), database.OpenCosts());
        await writer.RecordAsync(CallOf(0), Stop);
        var recording = Task.Run(
            async () =>
            {
                for (var number = 1; number <= 300; number++)
                {
                    await writer.RecordAsync(CallOf(number), Stop);
                }
            },
            Stop);
        do
        {
            var interval = Assert.Single(await reader.SumSeriesAsync(CostQuery.All, TimeSpan.FromDays(1), CostGrouping.Model, cancellationToken: Stop));

            Assert.Equal(interval.Sum, interval.Groups.Aggregate(CostSum.Zero, static (sum, group) => sum.Add(group.Sum)));
        }
        while (!recording.IsCompleted);

        await recording;
    }

    private static CostRecord CallOf(int number) => CostSamples.Call(number) with { Time = CostSamples.Start, RequestModel = $"m{number % 3}" };
}
