using System.Globalization;
using AiObs.Conversations.Tests.Databases;
using AiObs.Events;
using AiObs.Store;
using AiObs.TestSupport;

namespace AiObs.Conversations.Tests.Faults;

/// <summary>Turns whose process is killed, and which another process tries again.</summary>
public sealed class KilledTurnTests(StoreFixture stores, ITestOutputHelper output)
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("AIOBS_FAULT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StoreKind, bool, TurnStep> Steps => new(
        from kind in new[] { StoreKind.Sqlite, StoreKind.PostgreSql }
        from isStreaming in new[] { false, true }
        from step in Enum.GetValues<TurnStep>()
        select (kind, isStreaming, step));

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Steps))]
    public async Task Turn_KilledAtAStep_AndTriedAgain_HasOneQuestionOneAnswerAndOneBill(StoreKind kind, bool isStreaming, TurnStep step)
    {
        using var store = await stores.CreateAsync(kind);
        using (var process = new TurnProcess(store, isStreaming, first: 1, step))
        {
            Assert.Equal(step.ToString(), await process.ReadAsync(Token));
            await process.KillAsync(Token);
        }

        await using var host = new TurnHost(store.Arguments);
        var result = await host.AskAsync(1, isStreaming, Token);
        var again = await host.AskAsync(1, isStreaming, Token);

        // What was stored is not asked again; what was not, once more.
        Assert.Equal(step == TurnStep.AfterAnswer, result.IsReplay);
        Assert.True(again.IsReplay);
        Assert.Equal(step == TurnStep.AfterAnswer ? 0 : 1, host.Model.Calls.Count);
        Assert.Equal(("Question 1!", TurnState.Completed, false), (result.Text, result.State, result.HasDiverged));
        await AssertWellAsync(host, [1]);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(StoreKind.Sqlite, false)]
    [InlineData(StoreKind.Sqlite, true)]
    [InlineData(StoreKind.PostgreSql, false)]
    [InlineData(StoreKind.PostgreSql, true)]
    public async Task Turns_KilledAnywhere_AndTriedAgain_HaveOneQuestionAndOneAnswerEach(StoreKind kind, bool isStreaming)
    {
        using var store = await stores.CreateAsync(kind);
        await using var host = new TurnHost(store.Arguments);
        List<int> done = [];
        for (var round = 1; round <= Rounds; round++)
        {
            List<string> said = [];
            using (var process = new TurnProcess(store, isStreaming, done.Count + 1, last: null))
            {
                for (var turn = 0; turn < 5 + round; turn++)
                {
                    said.Add(await process.ReadAsync(Token));
                }

                said.AddRange(await process.KillAsync(Token));
            }

            // Whoever does not know whether it was done does it again: the last that was acknowledged, and the one after it.
            var acknowledged = said.Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            Assert.True((await host.AskAsync(acknowledged[^1], isStreaming, Token)).IsReplay);
            Assert.Equal(TurnState.Completed, (await host.AskAsync(acknowledged[^1] + 1, isStreaming, Token)).State);
            done.AddRange([.. acknowledged, acknowledged[^1] + 1]);
        }

        output.WriteLine($"{kind}: {Rounds} kills, {done.Count} turns, {host.Model.Calls.Count} asked again");
        Assert.InRange(host.Model.Calls.Count, 0, Rounds);
        await AssertWellAsync(host, done);
    }

    /// <summary>Asserts that each question stands once before its answer, with an event each, and that nothing was priced twice.</summary>
    private static async Task AssertWellAsync(TurnHost host, IReadOnlyList<int> turns)
    {
        var rows = await host.Conversations.ReadMessagesAsync(TurnHost.Id, Token).ToArrayAsync(Token);
        Assert.Equal(
            turns.SelectMany(static number => new[] { (TurnHost.TurnOf(number), TurnHost.QuestionOf(number)), (TurnHost.TurnOf(number), $"{TurnHost.QuestionOf(number)}!") }),
            rows.Select(static row => (row.TurnId!, row.ToMessage().Text)));
        Assert.Equal(1, (await host.Conversations.FindAsync(TurnHost.Id, Token))!.BranchCount);

        await host.Root.Events.FlushAsync(Token);
        var events = await host.Log.ReadAsync(new() { Type = AgentEventTypes.MessageSent }, Token).ToArrayAsync(Token);
        Assert.Equal(rows.Select(static row => row.Id).Order(StringComparer.Ordinal), events.Select(static item => (string)item.Event.Data[EventDataKeys.MessageId]!).Order(StringComparer.Ordinal));
        Assert.True((await host.Log.VerifyAsync(cancellationToken: Token)).IsIntact);

        // One bill for each call that was made, and each says of which turn: a call whose process was killed before it was priced has none.
        var costs = await host.Costs.ReadAsync(new(), Token).ToArrayAsync(Token);
        Assert.Equal(costs.Length, costs.Select(static cost => cost.CallId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(costs, static cost => Assert.Equal(TurnHost.Id, cost.ConversationId));
        Assert.Subset(turns.Select(TurnHost.TurnOf).ToHashSet(), costs.Select(static cost => cost.Metadata!["turn_id"]).ToHashSet());
        Assert.All(
            costs.CountBy(static cost => cost.Metadata!["turn_id"]), bill => Assert.InRange(bill.Value, 1, 1 + host.Model.Calls.Count));
    }
}
