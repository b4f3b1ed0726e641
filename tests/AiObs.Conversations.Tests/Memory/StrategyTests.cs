using System.Text.Json;
using AiObs.Conversations.Memory;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class StrategyTests
{
    private static readonly ChatMessage[] Talk =
        [Said.User("q1"), Said.Calls("1"), Said.Results("1"), Said.Assistant("a1"), Said.User("q2"), Said.Assistant("a2"), Said.User("q3"), Said.Assistant("a3")];

    [Theory]
    [InlineData(9, "u:q1 a:[1] t:{1} a:a1 u:q2 a:a2 u:q3 a:a3 u:now")]
    [InlineData(7, "u:q2 a:a2 u:q3 a:a3 u:now")]
    [InlineData(5, "u:q2 a:a2 u:q3 a:a3 u:now")]
    [InlineData(4, "u:q3 a:a3 u:now")]
    [InlineData(1, "u:now")]
    public async Task Window_LastMessages_KeepsWholeGroupsAndBeginsWithAUser(int lastMessages, string expected)
    {
        var result = await Said.ShapeAsync(Said.Stored(Talk), [new WindowMemory(lastMessages)], added: Said.User("now"));

        Assert.Equal(expected, string.Join(' ', Said.Texts(result.Messages)));
    }

    [Fact]
    public async Task Window_Decisions_SayWhoAndWhy()
    {
        var result = await Said.ShapeAsync(Said.Stored(Talk), [new WindowMemory(4)], added: Said.User("now"));

        Assert.Equal(
            ["m1 Dropped window", "m2 Dropped window", "m3 Dropped window", "m4 Dropped window", "m5 Dropped window", "m6 Dropped window", "m7 Kept", "m8 Kept", "- Kept"], Said.Decisions(result));
        Assert.Equal("it is not among the last 4 messages", result.Decisions[0].Reason);
        Assert.Equal("the question that it answers is not shown", result.Decisions[5].Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Window_PlainChat_RepairsNothing(int lastMessages)
    {
        ChatMessage[] chat = [Said.User("q1"), Said.Assistant("a1"), Said.User("q2"), Said.Assistant("a2")];

        foreach (var result in new[]
        {
            await Said.ShapeAsync(Said.Stored(chat), [new WindowMemory(lastMessages)], added: Said.User("now")),
            (await Said.ReduceAsync([.. chat, Said.User("now")], [new WindowMemory(lastMessages)])).Result,
        })
        {
            Assert.Equal(ChatRole.User, result.Messages[0].Role);
            Assert.Equal(lastMessages % 2 == 1 ? lastMessages : lastMessages - 1, result.Messages.Count);
            Assert.DoesNotContain(result.Decisions, static decision => decision.Action == MemoryAction.Repaired);
        }
    }

    [Fact]
    public async Task Window_AnswerBehindAPin_Stays()
    {
        var pinned = Said.Stored(Said.User("q1"), 1) with { IsPinned = true };
        StoredMessage[] history = [pinned, .. Said.Stored(Said.User("q1"), Said.Assistant("a1"), Said.User("q2"), Said.Assistant("a2"))[1..]];

        var result = await Said.ShapeAsync(history, [new WindowMemory(4)], added: Said.User("now"));

        Assert.Equal(["u:q1", "a:a1", "u:q2", "a:a2", "u:now"], Said.Texts(result.Messages));
    }

    [Fact]
    public void Constructors_ValuesOutOfRange_AreRefused()
    {
        Assert.Equal(50, new WindowMemory().LastMessages);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WindowMemory(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenBudgetMemory(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenBudgetMemory(shareOfWindow: 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenBudgetMemory(shareOfWindow: 1.01));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenBudgetMemory(shareOfWindow: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ToolResultMemory(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ToolResultMemory(0, -1));
        Assert.Throws<ArgumentNullException>(static () => new ReducerMemory(null!));
        Assert.Throws<ArgumentNullException>(static () => new SummaryMemory(null!));
    }

    [Theory]
    [InlineData(60, "u:q2 a:a2 u:q3 a:a3 u:now")]
    [InlineData(50, "u:q2 a:a2 u:q3 a:a3 u:now")]
    [InlineData(49, "u:q3 a:a3 u:now")]
    [InlineData(10, "u:now")]
    public async Task TokenBudget_MaxTokens_StopsAtTheFirstGroupThatDoesNotFit(int maxTokens, string expected)
    {
        // Each message takes ten tokens; the pair takes twenty, and what is older does not go on though it would fit.
        var result = await Said.ShapeAsync(Said.Stored(Talk), [new TokenBudgetMemory(maxTokens)], new() { TokenCounter = new Ten() }, added: Said.User("now"));

        Assert.Equal(expected, string.Join(' ', Said.Texts(result.Messages)));
        Assert.Equal((90, 10 * result.Messages.Count, false), (result.TokensBefore, result.TokensAfter, result.IsEstimate));
    }

    [Theory]
    [InlineData(null, null, 100, 0, 0, 0.75, 7)]
    [InlineData(null, null, 100, 0, 0, 0.5, 5)]
    [InlineData(null, null, 100, 20, 30, 1.0, 5)]
    [InlineData(30, null, 100, 0, 0, 1.0, 3)]
    [InlineData(null, "known", null, 0, 0, 1.0, 5)]
    public async Task TokenBudget_ContextWindow_IsWhatIsLeftOfIt(
        int? maxTokens, string? model, int? window, int output, int reserved, double share, int expected)
    {
        var source = MemorySource.None with { FindContextWindow = static name => name == "known" ? 50 : null };
        var request = new MemoryRequest { TokenCounter = new Ten(), Model = model, ContextWindow = window, MaxOutputTokens = output, ReservedTokens = reserved };
        var result = await Said.ShapeAsync(
            Said.Stored([.. Enumerable.Range(0, 20).Select(static number => Said.User($"{number}"))]), [new TokenBudgetMemory(maxTokens, share)], request, source, Said.User("now"));

        Assert.Equal(expected, result.Messages.Count);
        Assert.Equal(window ?? 50, result.ToRecord().ContextWindow);
    }

    [Fact]
    public async Task TokenBudget_ModelOfThePriceData_TakesItsWindow()
    {
        var windows = new List<int?>();
        await Said.ShapeAsync([], [new Strategy(work => windows.Add(work.ContextWindow))], new() { Model = "gpt-4o" }, added: Said.User("now"));
        await Said.ShapeAsync([], [new Strategy(work => windows.Add(work.ContextWindow))], new() { Model = "my-deployment" }, added: Said.User("now"));

        Assert.Equal([128_000, null], windows);
    }

    [Theory]
    [InlineData("my-deployment", "How many tokens the model \"my-deployment\" takes is not known. Give the token budget a number, or set MemoryRequest.ContextWindow.")]
    [InlineData(null, "How many tokens the model takes is not known, as none is named. Set MemoryRequest.Model, or the Model of the conversation, or give the token budget a number.")]
    public async Task TokenBudget_NoNumberAnywhere_SaysWhatToSet(string? model, string expected)
    {
        var exception = await Assert.ThrowsAsync<MemoryException>(() => Said.ShapeAsync([], [new TokenBudgetMemory()], new() { Model = model }, added: Said.User("now")));

        Assert.Equal($"The memory strategy \"token_budget\" failed: {expected}", exception.Message);
    }

    [Theory]
    [InlineData(MemoryFailureMode.Fail)]
    [InlineData(MemoryFailureMode.LastMessages)]
    public async Task TokenBudget_WhatMustStayDoesNotFit_FailsWhateverTheRequestSays(MemoryFailureMode mode)
    {
        var stored = Said.Stored(Said.System("s"), Said.User("pin"), Said.User("a"));
        stored[1] = stored[1] with { IsPinned = true };
        var request = new MemoryRequest { TokenCounter = new Ten(), OnFailure = mode };

        var exception = await Assert.ThrowsAsync<MemoryException>(() => Said.ShapeAsync(stored, [new TokenBudgetMemory(29)], request, added: Said.User("now")));
        Assert.Equal("The present turn, with system, pinned and injected messages, takes 30 tokens, and 29 are allowed. Say less, unpin messages, or allow more.", exception.Message);
        Assert.Equal(3, (await Said.ShapeAsync(stored, [new TokenBudgetMemory(30)], request, added: Said.User("now"))).Messages.Count);
    }

    [Fact]
    public async Task ToolResults_OlderTurns_AreCutAndTheOthersAreWhole()
    {
        var text = string.Concat(Enumerable.Repeat("some words of a long result ", 100));
        ChatMessage[] messages =
        [
            Said.User("q1"), Said.Calls("1"), Result("1", text), Said.User("q2"), Said.Calls("2"), Result("2", JsonSerializer.SerializeToElement(new { text })),
            Said.User("q3"), Said.Calls("3"), Result("3", text), Said.User("now"), Said.Calls("4"), Result("4", text),
        ];
        var (result, reduced) = await Said.ReduceAsync(messages, [new ToolResultMemory(keepLastTurns: 1, maxTokens: 50)]);

        Assert.Equal(Said.Texts(messages), Said.Texts(reduced));
        var results = reduced.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().Select(static content => content.Result).ToArray();
        var shortened = Assert.IsType<string>(results[0]);
        Assert.EndsWith(" … [shortened]", shortened, StringComparison.Ordinal);
        Assert.StartsWith("some words", shortened, StringComparison.Ordinal);
        Assert.InRange(ITokenCounter.Estimate.Count(reduced[2], null), 30, 50);
        Assert.StartsWith("{\"text\":\"some", Assert.IsType<string>(results[1]), StringComparison.Ordinal);
        Assert.Equal([text, text], results[2..]);
        Assert.Equal((text, true), (((FunctionResultContent)messages[2].Contents[0]).Result, result.TokensAfter < result.TokensBefore));
        Assert.Equal(["Kept", "Trimmed", "Trimmed", "Kept", "Trimmed", "Trimmed", "Kept", "Kept", "Kept", "Kept", "Kept", "Kept"], result.Decisions.Select(static decision => $"{decision.Action}"));
    }

    [Fact]
    public async Task ToolResults_NoTokens_LeavesANote()
    {
        var (_, reduced) = await Said.ReduceAsync(
            [Said.User("q1"), Said.Calls("1"), Result("1", new string('x', 500)), Said.User("q2"), Said.User("now")], [new ToolResultMemory(0, 0)]);

        Assert.Equal(" … [shortened]", ((FunctionResultContent)reduced[2].Contents[0]).Result);
    }

    [Fact]
    public async Task ToolResults_ShortOrNoText_AreLeft()
    {
        ChatMessage[] messages = [Said.User("q1"), Said.Calls("1", "2"), new(ChatRole.Tool, [new FunctionResultContent("1", "short"), new FunctionResultContent("2", 5)]), Said.User("q2"), Said.User("now")];
        var (result, reduced) = await Said.ReduceAsync(messages, [new ToolResultMemory(0, 100)]);

        Assert.Equal(messages, reduced);
        Assert.False(result.HasChanged);
    }

    private static ChatMessage Result(string id, object result) => new(ChatRole.Tool, [new FunctionResultContent(id, result)]);

    private sealed class Ten : ITokenCounter
    {
        public int Count(ChatMessage message, string? model) => 10;

        public bool IsExact(string? model) => true;
    }
}
