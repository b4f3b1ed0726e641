using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults;

/// <summary>Takes files away under a log that is being written to, at any moment.</summary>
public sealed class TakenFileTests(ITestOutputHelper output)
{
    private const int BatchSize = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_FilesDeletedAndReplacedAgainAndAgain_LosesNothingThatWasAcknowledgedAfterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody take away a file that is open.");
        await using var database = new SqliteTestDatabase();
        var log = database.OpenLog();
        var (next, refusals, acknowledged) = (0, 0, 0);
        var rounds = Repeated.Times(ordinarily: 3);
        for (var round = 0; round < rounds; round++)
        {
            List<int> kept = [];
            await AppendAsync(10 + round);
            switch (round % 3)
            {
                case 0:
                    // What was in the log is taken over.
                    File.Delete(database.Path + "-wal");
                    break;
                case 1:
                    Delete(database.Path, "", "-wal", "-shm");
                    kept.Clear();
                    break;
                default:
                    await using (var empty = new SqliteTestDatabase())
                    {
                        await empty.OpenLog().AppendAsync([EventSamples.Event(1_000_000 + round)], Stop);
                        await empty.CloseAsync();
                        File.Move(empty.Path, database.Path, overwrite: true);
                    }

                    kept.Clear();
                    break;
            }

            await AppendAsync(10 + round);
            await database.CloseAsync();
            log = database.OpenLog();
            var numbers = await LogReading.NumbersAsync(log);
            acknowledged += kept.Count;
            Assert.Empty(kept.Except(numbers));
            await LogReading.AssertIntactAsync(log);

            async Task AppendAsync(int batches)
            {
                while (batches > 0)
                {
                    var batch = Enumerable.Range(next, BatchSize).ToArray();
                    if (await Record.ExceptionAsync(async () => await log.AppendAsync([.. batch.Select(EventSamples.Full)], Stop)) is { } refused)
                    {
                        Assert.IsType<StoreException>(refused);
                        refusals++;
                        continue;
                    }

                    kept.AddRange(batch);
                    next += BatchSize;
                    batches--;
                }
            }
        }

        output.WriteLine($"{rounds} files taken away, {refusals} refusals, {acknowledged} events acknowledged in files that stayed, 0 of them lost");
        Assert.InRange(refusals, rounds, 2 * rounds);
    }

    private static void Delete(string path, params string[] endings) => Array.ForEach(endings, ending => File.Delete(path + ending));
}
