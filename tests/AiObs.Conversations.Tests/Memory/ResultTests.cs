using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class ResultTests
{
    private static readonly ChatMessage[] Talk = [Said.User("q1"), Said.Assistant("a1"), Said.User("q2"), Said.Assistant("a2"), Said.User("q3"), Said.Assistant("a3")];

    [Fact]
    public async Task ToRecord_DecisionsAlikeThatFollowEachOther_BecomeRanges()
    {
        var stored = Said.Stored(Talk);
        stored[1] = stored[1] with { IsPinned = true };
        stored[5] = stored[5] with { Sequence = 9 };
        var result = await Said.ShapeAsync(stored, [new WindowMemory(4)], new() { Model = "m", ContextWindow = 1_000, TokenCounter = new One() }, added: Said.User("now"));
        var record = result.ToRecord();

        Assert.Equal(
            [
                new(1, 1, MemoryAction.Dropped, "window", "it is not among the last 4 messages", 1),
                new(2, 2, MemoryAction.Pinned, null, null, 1),
                new(3, 3, MemoryAction.Dropped, "window", "it is not among the last 4 messages", 1),
                new(4, 5, MemoryAction.Kept, null, null, 2),
                new(9, 9, MemoryAction.Kept, null, null, 1),
                new MemoryRange(null, null, MemoryAction.Kept, null, null, 1),
            ],
            record.Decisions);
        Assert.Equal((7, 5, false, "m", 1_000, result.Fingerprint), (record.TokensBefore, record.TokensAfter, record.IsEstimate, record.Model, record.ContextWindow, record.Fingerprint));
    }

    [Fact]
    public async Task Fingerprint_ChangesWithWhatIsShownAndNothingElse()
    {
        var all = await Said.ShapeAsync(Said.Stored(Talk), []);
        var again = await Said.ShapeAsync(Said.Stored(Talk), [new WindowMemory(50)]);
        var fewer = await Said.ShapeAsync(Said.Stored(Talk), [new WindowMemory(2)]);

        Assert.Equal(64, all.Fingerprint.Length);
        Assert.Equal(all.Fingerprint, again.Fingerprint);
        Assert.NotEqual(all.Fingerprint, fewer.Fingerprint);
        Assert.NotEqual((await Said.ReduceAsync([Said.User("a")], [])).Result.Fingerprint, (await Said.ReduceAsync([Said.User("b")], [])).Result.Fingerprint);
    }

    [Fact]
    public async Task DiffFrom_LaterTurn_SaysWhatEnteredLeftAndChangedAndWhy()
    {
        ChatMessage[] talk = [Said.User("q0"), Said.Calls("1"), new(ChatRole.Tool, [new FunctionResultContent("1", new string('x', 400))]), .. Talk];
        var earlier = await Said.ShapeAsync(Said.Stored(talk)[..8], [new WindowMemory(7)]);
        var later = await Said.ShapeAsync(Said.Stored(talk), [new WindowMemory(4)]);
        var back = await Said.ShapeAsync(Said.Stored(talk), [new ToolResultMemory(0, 5)]);

        var diff = later.DiffFrom(earlier);
        Assert.Equal(["m9 Kept"], Texts(diff.Entered));
        Assert.Equal(["m4 Dropped", "m5 Dropped"], Texts(diff.Left));
        Assert.Equal("it is not among the last 4 messages", diff.Left[0].Reason);
        Assert.Empty(diff.Changed);

        Assert.Equal(["m2 Trimmed", "m3 Trimmed"], [.. Texts(back.DiffFrom(await Said.ShapeAsync(Said.Stored(talk), [])).Changed)]);
        Assert.Equal(["m9 Dropped"], Texts(earlier.DiffFrom(later).Left));
        Assert.Equal("it is not among the messages any more", earlier.DiffFrom(later).Left[0].Reason);
    }

    [Fact]
    public async Task Tokens_ReportedByTheProvider_CountAndCorrectTheEstimates()
    {
        var stored = Said.Stored([Said.User(new string('x', 400)), Said.Assistant(new string('y', 400)), Said.User("q")]);
        var estimate = ITokenCounter.Estimate.Count(stored[0].ToMessage(), null);
        var plain = await Said.ShapeAsync(stored, []);
        stored[1] = stored[1] with { TokenCount = (int)(1.5 * estimate) };
        var corrected = await Said.ShapeAsync(stored, []);
        stored[1] = stored[1] with { TokenCount = 50 * estimate };
        var clamped = await Said.ShapeAsync(stored, []);
        stored[1] = stored[1] with { TokenCount = 1 };
        var low = await Said.ShapeAsync(stored, []);

        Assert.Equal((estimate, estimate, true), (plain.Decisions[0].TokenCount, plain.Decisions[1].TokenCount, plain.IsEstimate));
        Assert.Equal((156, (int)(1.5 * estimate)), (corrected.Decisions[0].TokenCount, corrected.Decisions[1].TokenCount));
        Assert.Equal((2 * estimate, 50 * estimate), (clamped.Decisions[0].TokenCount, clamped.Decisions[1].TokenCount));
        Assert.Equal(estimate / 2, low.Decisions[0].TokenCount);
    }

    [Fact]
    public async Task Tokens_AllReportedOrExact_AreNoEstimate()
    {
        var stored = Said.Stored(Talk).Select(static message => message with { TokenCount = 7 });

        Assert.Equal((42, 42, false), Tokens(await Said.ShapeAsync(stored, [])));
        Assert.Equal((6, 6, false), Tokens(await Said.ShapeAsync(Said.Stored(Talk), [], new() { TokenCounter = new One() })));
        Assert.True((await Said.ShapeAsync(Said.Stored(Talk), [], new() { TokenCounter = ITokenCounter.Estimate })).IsEstimate);
    }

    [Fact]
    public void Estimate_MediaAndObjects_Count()
    {
        Assert.Equal(1_004, ITokenCounter.Estimate.Count(new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]), null));
        Assert.InRange(ITokenCounter.Estimate.Count(new(ChatRole.Tool, [new FunctionResultContent("1", new Uri("https://example.org/a/long/path/of/an/object"))]), null), 10, 30);
        Assert.False(ITokenCounter.Estimate.IsExact("gpt-4o"));
    }

    [Fact]
    public async Task Failure_LastMessages_UndoesTheStrategyKeepsTwentyAndRunsTheOthers()
    {
        var stored = Said.Stored([.. Enumerable.Range(0, 40).Select(static number => number % 2 == 0 ? Said.User($"q{number}") : Said.Assistant($"a{number}"))]);
        var after = 0;
        var broken = new Strategy(
            static work =>
            {
                work.Drop(work.Groups[0], "half done");
                work.Drop(work.Groups[^3], "half done");
                throw new InvalidOperationException("broken");
            },
            "broken");
        var result = await Said.ShapeAsync(stored, [broken, new Strategy(work => after = work.Groups.Count)], new() { OnFailure = MemoryFailureMode.LastMessages }, added: Said.User("now"));

        Assert.Equal((19, 19), (after, result.Messages.Count));
        Assert.Equal("q22", result.Messages[0].Text);
        Assert.Equal("m1 Dropped broken", Said.Decisions(result)[0]);
        Assert.Equal("m39 Kept", Said.Decisions(result)[38]);
        Assert.Equal(("broken", "broken"), (Assert.Single(result.Failures).Strategy, result.Failures[0].Exception.Message));
    }

    [Fact]
    public async Task Failure_Fail_GoesToTheCallerWithItsCause()
    {
        var cause = new TimeoutException("late");
        var exception = await Assert.ThrowsAsync<MemoryException>(() => Said.ReduceAsync([Said.User("a")], [new Strategy(_ => throw cause, "slow")]));

        Assert.Equal(("slow", "The memory strategy \"slow\" failed: late", cause), (exception.Strategy, exception.Message, exception.InnerException));
    }

    [Fact]
    public async Task Strategies_RunInTheOrderOfTheList()
    {
        var order = new List<string>();
        await Said.ReduceAsync([Said.User("a")], [new Strategy(_ => order.Add("b")), new WindowMemory(1), new Strategy(_ => order.Add("a"))]);

        Assert.Equal(["b", "a"], order);
    }

    [Fact]
    public async Task Request_ReachesEveryStrategy()
    {
        (string?, int?, int, int)? seen = null;
        await Said.ReduceAsync(
            [Said.User("a")],
            [new Strategy(work => seen = (work.Model, work.ContextWindow, work.ReservedTokens, work.CountTokens(Said.User("b"))))],
            new() { Model = "m", ContextWindow = 9, MaxOutputTokens = 2, ReservedTokens = 3, TokenCounter = new One() });

        Assert.Equal(("m", 9, 5, 1), seen);
    }

    private static (int Before, int After, bool IsEstimate) Tokens(MemoryResult result) => (result.TokensBefore, result.TokensAfter, result.IsEstimate);

    private static string[] Texts(IEnumerable<MemoryDecision> decisions) => [.. decisions.Select(static decision => $"{decision.MessageId} {decision.Action}")];

    private sealed class One : ITokenCounter
    {
        public int Count(ChatMessage message, string? model) => 1;

        public bool IsExact(string? model) => true;
    }
}
