using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>A model call inside of another one is a call of its own, unless it is the very same one seen twice.</summary>
public sealed class NestedCallTests
{
    [Fact]
    public async Task GetResponseAsync_RoutedToAnotherModel_HasItsOwnSpan()
    {
        using var served = new StubChatClient();
        using var chat = new ObservedChat(new StubChatClient());
        using var inner = served.UseAgentObservability(chat.Root);
        var router = new StubChatClient { OnResponse = call => inner.GetResponseAsync(call.Messages, new ChatOptions { ModelId = "fallback" }, call.CancellationToken) };
        using var outer = router.UseAgentObservability(chat.Root);

        await outer.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["chat fallback", "chat stub-model"], chat.Spans.Spans.Select(static span => span.DisplayName));
    }

    [Fact]
    public async Task GetResponseAsync_ToolAsksTheSame_HasItsOwnSpan()
    {
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        using var chat = new ObservedChat(new StubChatClient());
        var ask = AIFunctionFactory.Create(() => chat.AskAsync(messages), "ask");
        using var model = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "ask")])), new ChatResponse());
        using var outer = new FunctionInvokingChatClient(model).UseAgentObservability(chat.Root);

        await outer.GetResponseAsync(messages, new() { Tools = [ask] }, TestContext.Current.CancellationToken);

        Assert.Equal(2, chat.Spans.Spans.Count);
    }

    [Fact]
    public async Task GetResponseAsync_WithoutMessages_NestedCallHasItsOwnSpan()
    {
        using var served = new StubChatClient();
        using var chat = new ObservedChat(new StubChatClient());
        using var inner = served.UseAgentObservability(chat.Root);
        var wrapper = new StubChatClient { OnResponse = call => inner.GetResponseAsync([], null, call.CancellationToken) };
        using var outer = wrapper.UseAgentObservability(chat.Root);

        await outer.GetResponseAsync([], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, chat.Spans.Spans.Count);
    }
}
