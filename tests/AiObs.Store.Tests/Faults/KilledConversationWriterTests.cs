using System.Globalization;
using AiObs.Store.Sql.Conversations;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.Store.Tests.Sql.Conversations;
using AiObs.Store.Tests.Sql.Events;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults;

public sealed class KilledConversationWriterTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private const int MessagesPerCommit = 2;
    private const int CommitsPerRound = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_ProcessKilledInTheMiddle_LosesNothingAndHasNothingTwice(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        List<int> acknowledged = [];
        var rounds = Repeated.Times(ordinarily: 2);
        for (var round = 1; round <= rounds; round++)
        {
            using var writer = new ChildWriter(database, round * 100_000, MessagesPerCommit, CommitsPerRound, ConversationWriterProcess.Switch);
            acknowledged.AddRange(await writer.ReadAcknowledgedAsync(10 * round, Stop));
            acknowledged.AddRange(await writer.KillAsync(Stop));
        }

        var (store, log) = database.OpenConversations();
        var kept = await AssertWellAsync(store, log);
        output.WriteLine($"{kind}: {rounds} kills, {acknowledged.Count} messages acknowledged, {acknowledged.Except(kept).Count()} of them lost, {kept.Except(acknowledged).Count()} more kept");
        Assert.Empty(acknowledged.Except(kept));

        // Whoever does not know whether it was done does it again: the last that was acknowledged, and the next.
        var last = acknowledged.Max() + 1 - MessagesPerCommit;
        Assert.True((await store.CommitAsync(ConversationWriterProcess.CommitOf(last, MessagesPerCommit), Stop)).IsReplay);
        Assert.Equal(kept.Contains(last + MessagesPerCommit), (await store.CommitAsync(ConversationWriterProcess.CommitOf(last + MessagesPerCommit, MessagesPerCommit), Stop)).IsReplay);
        Assert.Equal(kept.Union(Enumerable.Range(last + MessagesPerCommit, MessagesPerCommit)).Order(), (await AssertWellAsync(store, log)).Order());
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_TwoProcessesAtOnce_LeaveNoGapAndNoDouble(DatabaseKind kind)
    {
        const int Commits = 100;
        await using var database = await databases.CreateAsync(kind);
        using var one = new ChildWriter(database, first: 0, MessagesPerCommit, Commits, ConversationWriterProcess.Switch);
        using var other = new ChildWriter(database, first: 100_000, MessagesPerCommit, Commits, ConversationWriterProcess.Switch);
        var acknowledged = (await Task.WhenAll(one.FinishAsync(Stop), other.FinishAsync(Stop))).SelectMany(static numbers => numbers);

        var (store, log) = database.OpenConversations();

        Assert.Equal(acknowledged.Order(), (await AssertWellAsync(store, log)).Order());
    }

    /// <summary>Asserts that no number is missing, and that the log has the event of each message once.</summary>
    private static async Task<IReadOnlyList<int>> AssertWellAsync(SqlConversationStore store, IEventLog log)
    {
        await store.FlushEventsAsync(Stop);
        List<int> kept = [];
        foreach (var id in ConversationWriterProcess.Ids)
        {
            var messages = await ConversationReading.AssertGaplessAsync(store, id, MessagesPerCommit);
            kept.AddRange(messages.Select(static message => int.Parse(message.Id.AsSpan(2), CultureInfo.InvariantCulture)));
        }

        Assert.Equal(kept.Order(), (await LogReading.NumbersAsync(log)).Order());
        await LogReading.AssertIntactAsync(log);
        return kept;
    }
}
