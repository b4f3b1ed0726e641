using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class ReducerMemoryTests
{
    private static readonly ChatMessage[] Talk = [Said.System("s"), Said.User("q1"), Said.Calls("1"), Said.Results("1"), Said.Assistant("a1"), Said.User("q2"), Said.Assistant("a2"), Said.User("now")];

    [Fact]
    public async Task Reducer_SeesOnlyWhatItMayDrop()
    {
        IEnumerable<ChatMessage>? seen = null;
        await RunAsync(messages => seen = messages);

        Assert.Equal(["u:q1", "a:[1]", "t:{1}", "a:a1", "u:q2", "a:a2"], Said.Texts(seen!));
    }

    [Fact]
    public async Task Reducer_SplitsAPair_GetsItPutBack()
    {
        var (result, messages) = await RunAsync(static messages => messages.Where(static message => message.Role != ChatRole.Tool && message.Text != "a1"));

        Assert.Equal(["s:s", "u:q1", "a:[1]", "t:{1}", "u:q2", "a:a2", "u:now"], Said.Texts(messages));
        Assert.Equal(
            ["- Kept", "- Kept", "- Kept", "- Repaired", "- Dropped Stub", "- Kept", "- Kept", "- Kept"], Said.Decisions(result));
    }

    [Fact]
    public async Task Reducer_PutsAMessageInThePlaceOfOthers_ItStandsThere()
    {
        var (result, messages) = await RunAsync(static messages => [Said.System("Earlier: q1."), .. messages.Skip(4)]);

        Assert.Equal(["s:s", "u:Earlier: q1.", "u:q2", "a:a2", "u:now"], Said.Texts(messages));
        Assert.Equal(
            ["- Kept", "- Injected Stub", "- Summarized Stub", "- Summarized Stub", "- Summarized Stub", "- Summarized Stub", "- Kept", "- Kept", "- Kept"], Said.Decisions(result));
    }

    [Fact]
    public async Task Reducer_AddsWithoutLeavingOut_IsTold()
    {
        var (result, messages) = await RunAsync(static messages => [Said.User("ad"), .. messages]);

        Assert.Equal(Talk, messages);
        Assert.Equal("The reducer added messages and left nothing out for them; they were not sent.", Assert.Single(result.Failures).Exception.Message);
    }

    [Fact]
    public async Task Reducer_ReturnsCopiesUnderTheirIds_AreTheMessagesInAnotherForm()
    {
        var old = new ChatMessage(ChatRole.User, "a long question") { MessageId = "id" };
        var (result, messages) = await RunAsync(static messages => messages.Select(static message => new ChatMessage(message.Role, "short") { MessageId = message.MessageId }), [old, Said.User("now")]);

        Assert.Equal(["u:short", "u:now"], Said.Texts(messages));
        Assert.Equal(["id Trimmed Stub", "- Kept"], Said.Decisions(result));
    }

    [Fact]
    public async Task Reducer_MakesUpToolContent_IsLeftOut()
    {
        var (_, messages) = await RunAsync(static messages => [Said.Calls("9"), Said.Results("9"), .. messages.Skip(4)]);

        Assert.Equal(["s:s", "u:q2", "a:a2", "u:now"], Said.Texts(messages));
    }

    [Fact]
    public async Task Reducer_NothingBeforeThePresentTurn_IsNotAsked()
    {
        var (_, messages) = await RunAsync(static _ => throw new InvalidOperationException("asked"), [Said.System("s"), Said.User("now"), Said.Calls("1"), Said.Results("1")]);

        Assert.Equal(4, messages.Count);
    }

    [Fact]
    public async Task Reducer_MessageCountingOfMicrosoft_LeavesThePresentTurnAlone()
    {
        ChatMessage[] messages = [.. Talk, Said.Calls("2"), Said.Results("2")];
        var (result, reduced) = await Said.ReduceAsync(messages, [new ReducerMemory(new MessageCountingChatReducer(1))]);

        Assert.Equal(["s:s", "u:now", "a:[2]", "t:{2}"], Said.Texts(reduced));
        Assert.Equal("MessageCountingChatReducer", result.Decisions[1].Strategy);
    }

    private static Task<(MemoryResult Result, List<ChatMessage> Messages)> RunAsync(Func<IEnumerable<ChatMessage>, IEnumerable<ChatMessage>> reduce, ChatMessage[]? messages = null) =>
        Said.ReduceAsync(messages ?? Talk, [new ReducerMemory(new Stub(reduce))]);

    private sealed class Stub(Func<IEnumerable<ChatMessage>, IEnumerable<ChatMessage>> reduce) : IChatReducer
    {
        public Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<ChatMessage>>([.. reduce(messages)]);
    }
}
