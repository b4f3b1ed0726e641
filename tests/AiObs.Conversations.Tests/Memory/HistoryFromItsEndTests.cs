using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>Compares what is shown of a history that is read from its end with what is shown of one that is read as a whole.</summary>
public sealed class HistoryFromItsEndTests
{
    private static readonly IEnumerable<ChatMessage> Talk = Enumerable.Repeat(0, 300).SelectMany(static _ => new[] { Said.User("more?"), Said.Assistant("more.") });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Window_OverManyPinnedMessages_KeepsAsManyOthersAsItSays()
    {
        var messages = Said.Stored([.. Talk]).Select(static message => message with { IsPinned = message.Sequence % 4 < 2 });

        var (fromEnd, whole) = await ApplyAsync(messages, new WindowMemory(150));

        Assert.Equal(300 + 150, whole.Messages.Count);
        Assert.Equal(whole.Fingerprint, fromEnd.Fingerprint);
    }

    [Fact]
    public async Task PinnedResult_OfACallThatIsNotPinned_StaysWithIt()
    {
        var messages = Said.Stored([Said.User("a"), Said.Calls("x"), Said.Results("x"), .. Talk]).Select(static message => message with { IsPinned = message.Sequence == 3 });

        var (fromEnd, whole) = await ApplyAsync(messages, new WindowMemory(20));

        Assert.Equal(["a:[x]", "t:{x}"], Said.Texts(fromEnd.Messages).Take(2));
        Assert.Equal(whole.Fingerprint, fromEnd.Fingerprint);
    }

    [Fact]
    public async Task ResultInThePresentTurn_OfACallLongBefore_IsShownWithIt()
    {
        var messages = Said.Stored([Said.User("a"), Said.Calls("x"), .. Talk, Said.User("now"), Said.Results("x")]);

        var (fromEnd, whole) = await ApplyAsync(messages, new WindowMemory(20));

        Assert.Contains("t:{x}", Said.Texts(fromEnd.Messages));
        Assert.Equal(whole.Fingerprint, fromEnd.Fingerprint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnyHistory_IsShownAsIfItWereRead(bool isWindow)
    {
        const int Histories = 30;
        const int Steps = 450;
        var cut = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new Random(seed);
            var history = AnyHistory.Of(Enumerable.Range(0, Steps).Select(_ => StepOf(random)));
            IMemoryStrategy strategy = isWindow ? new WindowMemory(random.Next(1, 300)) : new TokenBudgetMemory(random.Next(2_000, 5_000));

            var (fromEnd, whole) = await ApplyAsync(history.Messages.Where(static message => message.Content is not null), strategy);

            Assert.Equal(whole.Fingerprint, fromEnd.Fingerprint);
            cut += fromEnd.Decisions.Count < whole.Decisions.Count ? 1 : 0;
        }

        Assert.InRange(cut, Histories / 10, Histories);
    }

    /// <summary>Makes few instructions, and no results that come late: those are read for as a whole.</summary>
    private static int StepOf(Random random)
    {
        var step = random.Next(64);
        return (step % 16) switch
        {
            8 or 10 => 1,
            0 when random.Next(10) > 0 => 1,
            < 8 when step > 50 && random.Next(20) > 0 => 1,
            _ => step,
        };
    }

    private static async Task<(MemoryResult FromEnd, MemoryResult Whole)> ApplyAsync(IEnumerable<StoredMessage> messages, IMemoryStrategy strategy)
    {
        var store = new InMemoryConversationStore();
        await using var scene = new ConversationScene(store: store, hasSink: false);
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await store.CommitAsync(new() { ConversationId = "c", At = scene.Clock.GetUtcNow(), Messages = [.. messages] }, Token);
        var fromEnd = await scene.Conversations.ApplyMemoryAsync("c", strategies: [strategy], cancellationToken: Token);

        // One that does nothing and does not say when it has enough.
        var whole = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new Strategy(static _ => { }), strategy], cancellationToken: Token);
        return (fromEnd, whole);
    }
}
