using System.Diagnostics;
using AiObs.Store;

namespace AiObs.Benchmarks.Conversations;

/// <summary>How fast conversations are kept and read, and whether they stay as fast when they grow; exits with 1 when a ceiling does not hold.</summary>
internal static class ConversationRun
{
    private const string Id = "c-1";
    private const int Rounds = 7;
    private const int CommitsPerRound = 500;
    private const double LeastThroughput = 0.5;

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        var holds = await AppendAsync(output);
        holds &= await ConversationGrowth.CompareAsync(output);
        holds &= await TurnCost.CompareAsync(output);
        holds &= await ManyClients.CompareAsync(output);
        await output.WriteLineAsync(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }

    /// <summary>Commits in turn with a plain loop, and tells whether ours keeps up.</summary>
    private static async Task<bool> AppendAsync(TextWriter output)
    {
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var plain = await MeasureAsync(static (file, commits) =>
            {
                using var loop = new PlainCommits(file.ConnectionString);
                commits.ForEach(loop.Commit);
                return Task.CompletedTask;
            });
            var own = await MeasureAsync(static async (file, commits) =>
            {
                foreach (var commit in commits)
                {
                    await file.Store.CommitAsync(commit);
                }
            });
            ratios[round] = plain / own;
            await output.WriteLineAsync($"commit of two messages with events: {CommitsPerRound / own,7:F0}/s, plain loop {CommitsPerRound / plain,7:F0}/s, ratio {ratios[round]:F2}");
        }

        await output.WriteLineAsync($"commit of two messages with events: median ratio {MedianOf(ratios):F2}, at least {LeastThroughput:F2}");
        return MedianOf(ratios) >= LeastThroughput;
    }

    private static async Task<double> MeasureAsync(Func<ConversationFile, List<ConversationCommit>, Task> run)
    {
        await using var file = new ConversationFile();

        // Makes the tables of events, and the conversation with its first commit.
        await file.Store.CommitAsync(Commits.Creating(Id) with { Events = Commits.Make(Id).Events });
        var commits = Enumerable.Range(0, CommitsPerRound).Select(static _ => Commits.Make(Id)).ToList();
        var start = Stopwatch.GetTimestamp();
        await run(file, commits);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);
}
