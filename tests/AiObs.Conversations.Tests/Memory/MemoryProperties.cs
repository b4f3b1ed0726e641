using AiObs.Conversations.Memory;
using AiObs.Memory;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>What holds for every history and every list of strategies.</summary>
public sealed class MemoryProperties
{
    private const string Question = "And now?";

    [Fact]
    public void Apply_AnyHistory_MakesARequestThatProvidersTake() => Check(static (_, result) => Assert.Null(RequestRules.FindFault([.. result.Messages])));

    [Fact]
    public void Apply_AnyHistory_BeginsWithAUserASummaryOrAPin() => Check(static (history, result) =>
    {
        var first = result.Messages.First(static message => message.Role != ChatRole.System);
        var decision = result.Decisions.FirstOrDefault(decision => decision.MessageId == first.MessageId);

        // A summary of a foreign reducer may be of the assistant; it has no id.
        Assert.True(first.Role == ChatRole.User || first.MessageId is null || IsWithAPin(history, decision!.Sequence!.Value), $"{first.Role} {first.MessageId}");
    });

    [Fact]
    public void Apply_AnyHistory_KeepsPresentTurnAndPinsWhole() => Check(static (history, result) =>
    {
        Assert.Equal(Question, result.Messages[^1].Text);
        var texts = result.Messages.Select(static message => message.Text).ToHashSet();
        Assert.All(history.Where(static message => message.IsPinned), message => Assert.Contains(message.ToMessage().Text, texts));
        Assert.All(history.Where(static message => message.Role == ChatRole.System), message => Assert.Contains(message.ToMessage().Text, texts));
    });

    [Fact]
    public void Apply_AnyHistory_DecidesOnEachMessageOnce() => Check(static (history, result) =>
    {
        Assert.Equal([.. history.Select(static message => message.Sequence)], result.Decisions.Select(static decision => decision.Sequence).OfType<long>());
        var shown = result.Messages.Select(static message => message.MessageId).ToHashSet();
        Assert.All(result.Decisions.Where(static decision => decision.MessageId is not null), decision =>
        {
            if (decision.Action is MemoryAction.Kept or MemoryAction.Pinned or MemoryAction.Trimmed)
            {
                Assert.Contains(decision.MessageId, shown);
            }
            else if (decision.Action is MemoryAction.Dropped or MemoryAction.Summarized)
            {
                Assert.DoesNotContain(decision.MessageId, shown);
            }
        });
    });

    [Fact]
    public void Apply_AnyHistory_ShowsNothingThatWasRefusedOrBrokeOffInACall() => Check(static (history, result) =>
    {
        var texts = result.Messages.Select(static message => message.Text).ToHashSet();
        Assert.All(history.Where(static message => message.Status == MessageStatus.Refused), message => Assert.DoesNotContain(message.ToMessage().Text, texts));
        var partial = history.Where(static message => message.Status == MessageStatus.Partial).Select(static message => message.Id).ToHashSet();
        Assert.All(result.Messages.Where(message => partial.Contains(message.MessageId!)), static message => Assert.All(message.Contents, static content => Assert.IsType<TextContent>(content)));
    });

    [Fact]
    public void Apply_BudgetLast_FitsOrFailsClearly() => CheckRuns(static (steps, strategies) =>
    {
        const int Budget = 400;
        var history = AnyHistory.Of(steps).Messages;
        try
        {
            var result = Shape(history, [.. StrategiesOf(strategies), new TokenBudgetMemory(Budget)]);

            Assert.InRange(result.TokensAfter, 1, Budget);
            Assert.Equal(result.TokensAfter, result.Messages.Sum(static message => ITokenCounter.Estimate.Count(message, null)));
        }
        catch (MemoryException exception)
        {
            Assert.Equal(("token_budget", true), (exception.Strategy, exception.Message.Contains("400 are allowed", StringComparison.Ordinal)));
        }
    });

    [Fact]
    public void Apply_SameInput_MakesTheSameRequest() => CheckRuns(static (steps, strategies) =>
    {
        var history = AnyHistory.Of(steps).Messages;

        Assert.Equal(Shape(history, StrategiesOf(strategies)).Fingerprint, Shape(history, StrategiesOf(strategies)).Fingerprint);
    });

    [Fact]
    public void Reduce_IdentityReducerOnValidInput_IsTheIdentity() => CheckRuns(static (steps, _) =>
    {
        var valid = Shape(AnyHistory.Of(steps.Where(static step => Math.Abs(step % 64) <= 50)).Messages, []).Messages;
        var reduced = new ReducerMemory(new SameReducer()).AsChatReducer().ReduceAsync(valid, CancellationToken.None).GetAwaiter().GetResult();

        Assert.Equal(valid, reduced);
    });

    [Fact]
    public void Reduce_StrategyInsideOfReducerMemory_IsTheStrategy() => CheckRuns(static (steps, _) =>
    {
        var valid = Shape(AnyHistory.Of(steps.Where(static step => Math.Abs(step % 64) <= 50)).Messages, []).Messages;
        var once = new WindowMemory(6).AsChatReducer().ReduceAsync(valid, CancellationToken.None).GetAwaiter().GetResult().ToList();

        Assert.Equal(once, new ReducerMemory(new SameReducer()).AsChatReducer().ReduceAsync(once, CancellationToken.None).GetAwaiter().GetResult());
        Assert.Equal(once, new WindowMemory(6).AsChatReducer().ReduceAsync(once, CancellationToken.None).GetAwaiter().GetResult());
    });

    /// <summary>Says whether a message is pinned, or tied by a call to one that is.</summary>
    private static bool IsWithAPin(IReadOnlyList<StoredMessage> history, long sequence)
    {
        var message = history.Single(message => message.Sequence == sequence);
        return message.IsPinned || history.Any(other => other.IsPinned && other.CallIds.Intersect(message.CallIds).Any());
    }

    private static void Check(Action<IReadOnlyList<StoredMessage>, MemoryResult> assert) => CheckRuns((steps, strategies) =>
    {
        var history = AnyHistory.Of(steps).Messages;
        assert(history, Shape(history, StrategiesOf(strategies)));
    });

    private static void CheckRuns(Action<int[], int[]> assert)
    {
        var inputs = from steps in Gen.Choose(0, 63).ListOf()
                     from strategies in Gen.Choose(0, 6).ListOf(3)
                     select (Steps: steps.ToArray(), Strategies: strategies.ToArray());
        Fuzz.Check(inputs, input => assert(input.Steps, input.Strategies), cases: 300);
    }

    private static MemoryResult Shape(IReadOnlyList<StoredMessage> history, IEnumerable<IMemoryStrategy> strategies) =>
        MemoryPipeline.ApplyAsync(
            [.. history.Select(MemoryItem.Of), MemoryItem.New(new(ChatRole.User, Question))], strategies, new() { Model = "gpt-4o" }, MemorySource.None, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();

    private static IEnumerable<IMemoryStrategy> StrategiesOf(IEnumerable<int> numbers) => numbers.Select(static number => (IMemoryStrategy)(number switch
    {
        0 => new WindowMemory(5),
        1 => new TokenBudgetMemory(100_000),
        2 => new SummaryMemory(new StubChatClient()) { KeepLast = 3, SummarizeEvery = 2 },
        3 => new ToolResultMemory(1, 0),
        4 => new ReducerMemory(new MessageCountingChatReducer(4)),
        5 => new ReducerMemory(new CarelessReducer()),
        _ => new WindowMemory(2),
    }));

    private sealed class SameReducer : IChatReducer
    {
        public Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<ChatMessage>>([.. messages]);
    }

    /// <summary>Drops every third message, whatever it belongs to, and adds one in the system role.</summary>
    private sealed class CarelessReducer : IChatReducer
    {
        public Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<ChatMessage>>([new(ChatRole.System, "Some was left out."), .. messages.Where(static (_, index) => index % 3 != 1)]);
    }
}
