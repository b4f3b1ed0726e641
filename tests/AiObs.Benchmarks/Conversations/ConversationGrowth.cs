using System.Diagnostics;
using AiObs.Store;
using AiObs.TestSupport.Databases;

namespace AiObs.Benchmarks.Conversations;

/// <summary>Reads and writes a conversation of 1,000 messages in turn with one of 1,000,000, in each store.</summary>
internal static class ConversationGrowth
{
    private const string Id = "c-1";
    private const int Small = 1_000;
    private const int Large = 1_000_000;
    private const int Reads = 101;

    // What takes microseconds is done so often at once that the clock can see it.
    private const int AtOnceInMemory = 50;
    private const int Window = 50;
    private const double MostGrowth = 2;

    public static async Task<bool> CompareAsync(TextWriter output)
    {
        var holds = await CompareAsync(output, "SQLite", new ConversationFile(), new ConversationFile(), atOnce: 1);
        holds &= await CompareAsync(output, "memory", new ConversationsInMemory(), new ConversationsInMemory(), AtOnceInMemory);
        if (PostgreSqlBinaries.Find() is not { } binaries)
        {
            await output.WriteLineAsync(PostgreSqlBinaries.Missing);
            return holds;
        }

        await using var server = await PostgreSqlServer.StartAsync(binaries, "-c fsync=on -c full_page_writes=on");
        return holds & await CompareAsync(
            output, "PostgreSQL", await ConversationSchema.CreateAsync(server, "small"), await ConversationSchema.CreateAsync(server, "large"), atOnce: 1);
    }

    private static async Task<bool> CompareAsync(TextWriter output, string name, IFilledStore few, IFilledStore many, int atOnce)
    {
        await using var small = few;
        await using var large = many;
        var start = Stopwatch.GetTimestamp();
        await small.FillAsync(Id, Small);
        await large.FillAsync(Id, Large);
        await output.WriteLineAsync($"{name}: filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        var query = new MessageQuery { ConversationId = Id };
        var holds = await MeasureAsync("page of 100 messages in the middle", (store, count) => store.ReadAsync(query with { AfterSequence = count / 2 }).AsTask());
        holds &= await MeasureAsync($"window of the last {Window}, on two branches", (store, _) => store.ReadAsync(query with { IsDescending = true, PageSize = Window }).AsTask());
        holds &= await MeasureAsync("what memory always keeps", (store, _) => store.ReadAsync(query with { OnlyStanding = true }).AsTask());
        holds &= await MeasureAsync("commit of two messages with events", static (store, _) => store.CommitAsync(Commits.Make(Id)).AsTask());
        return holds;

        async Task<bool> MeasureAsync(string what, Func<IConversationStore, int, Task> run)
        {
            var (ofSmall, ofLarge) = (new double[Reads], new double[Reads]);
            for (var read = -3; read < Reads; read++)
            {
                var (shorter, longer) = (await TimeAsync(() => run(small.Store, Small), atOnce), await TimeAsync(() => run(large.Store, Large), atOnce));
                if (read >= 0)
                {
                    (ofSmall[read], ofLarge[read]) = (shorter, longer);
                }
            }

            var growth = MedianOf(ofLarge) / MedianOf(ofSmall);
            await output.WriteLineAsync(
                $"{name}, {what}: {MedianOf(ofSmall):F4} ms of {Small:N0} messages, {MedianOf(ofLarge):F4} ms of {Large:N0}: x {growth:F2}, at most {MostGrowth:F2}");
            return growth <= MostGrowth;
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var time = 0; time < times; time++)
        {
            await run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);
}
