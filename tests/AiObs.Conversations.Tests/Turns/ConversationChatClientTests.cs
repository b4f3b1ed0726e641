using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Turns;

public sealed class ConversationChatClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_AreTurnsOfTheConversationThatTheOptionsName(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi Ada.", "Ada.");
        using var client = scene.Model.AsBuilder().UseConversations(scene.Conversations).Build();

        var first = await CallAsync(client, isStreaming, [new(ChatRole.System, "Be short."), new(ChatRole.User, "I am Ada.")], new() { ConversationId = TurnScene.Id });
        var second = await CallAsync(client, isStreaming, [new(ChatRole.System, "Be short."), new(ChatRole.User, "Who am I?")], new() { ConversationId = TurnScene.Id });

        Assert.Equal((TurnScene.Id, TurnScene.Id, "Ada."), (first.ConversationId, second.ConversationId, second.Text));
        Assert.Equal(["s:Be short.", "u:I am Ada.", "a:Hi Ada.", "u:Who am I?"], scene.Sent(1));
        Assert.All(scene.Model.Calls, static call => Assert.Null(call.Options?.ConversationId));
        Assert.Equal(["u:I am Ada.", "a:Hi Ada.", "u:Who am I?", "a:Ada."], await scene.RowsAsync());
    }

    [Fact]
    public async Task WithoutAnId_AConversationIsBegun()
    {
        await using var scene = new TurnScene().Answering("Hi.");
        using var client = scene.Model.AsBuilder().UseConversations(scene.Conversations).Build();

        var response = await client.GetResponseAsync("Hello", cancellationToken: Token);

        Assert.Equal(2, (await scene.Conversations.FindAsync(response.ConversationId!, Token))!.MessageCount);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task FunctionLoop_OnEitherSide_IsKeptWhole(bool isInside, bool isStreaming)
    {
        await using var scene = new TurnScene();
        var weather = AIFunctionFactory.Create(static () => "sun", "get_weather");
        scene.Model.OnResponse = _ => Task.FromResult(Answer(scene.Model.Calls.Count));
        scene.Model.OnStream = _ => new StubUpdates(Answer(scene.Model.Calls.Count).ToChatResponseUpdates());
        var builder = scene.Model.AsBuilder();
        builder = isInside ? builder.UseFunctionInvocation().UseConversations(scene.Conversations) : builder.UseConversations(scene.Conversations).UseFunctionInvocation();
        using var client = builder.Build();
        var options = new ChatOptions { ConversationId = TurnScene.Id, Tools = [weather] };

        var response = await CallAsync(client, isStreaming, [new(ChatRole.User, "Weather?")], options);
        await CallAsync(client, isStreaming, [new(ChatRole.User, "Thanks")], options);

        Assert.Equal((TurnScene.Id, "Sunny."), (response.ConversationId, response.Messages[^1].Text));
        Assert.Equal(["u:Weather?", "a:", "t:", "a:Sunny.", "u:Thanks", "a:Sunny."], await scene.RowsAsync());

        // The model is shown the whole of it, though the loop sends what is new alone.
        Assert.Equal(["u:Weather?", "a:", "t:"], scene.Sent(1));
        Assert.Equal(["u:Weather?", "a:", "t:", "a:Sunny.", "u:Thanks"], scene.Sent(2));
        Assert.Equal(isInside ? 3 : 2, (await scene.Conversations.Store.ListTurnsAsync("", TurnScene.Id, cancellationToken: Token)).Count);
        Assert.All((await scene.Conversations.Store.ListTurnsAsync("", TurnScene.Id, cancellationToken: Token)).Skip(1), static turn => Assert.Equal(TurnState.Completed, turn.State));

        static ChatResponse Answer(int call) => call == 1
            ? new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", "get_weather")]) { MessageId = "m-1" }) { FinishReason = ChatFinishReason.ToolCalls }
            : new(new ChatMessage(ChatRole.Assistant, "Sunny.") { MessageId = $"m-{call}" }) { FinishReason = ChatFinishReason.Stop };
    }

    [Fact]
    public async Task Container_HasTheConversations()
    {
        using var model = StubChatClient.Answering(TurnScene.ResponseOf("Hi."));
        await using var services = new ServiceCollection().AddAgentObservability().AddConversations().Services.BuildServiceProvider();
        using var client = model.AsBuilder().UseConversations().Build(services);

        var response = await client.GetResponseAsync("Hello", new() { ConversationId = TurnScene.Id }, Token);

        Assert.Equal("Hi.", response.Text);
        Assert.True(await services.GetRequiredService<AgentConversations>().ExistsAsync(TurnScene.Id, Token));
        Assert.NotNull(client.GetService<ConversationChatClient>());
    }

    [Fact]
    public void WithoutConversations_BuildingSaysSo()
    {
        using var model = new StubChatClient();

        Assert.Throws<InvalidOperationException>(() => model.AsBuilder().UseConversations().Build());
    }

    [Fact]
    public async Task ProviderThatKeepsTheHistoryToo_IsNotAskedToGoOnWithIt()
    {
        await using var scene = new TurnScene();
        scene.Model.OnResponse = static _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { ConversationId = "theirs" });

        var first = await scene.AskAsync("Hello", "t-1");
        await scene.AskAsync("Again");

        Assert.Equal("theirs", first.Response.ConversationId);
        Assert.Equal("theirs", (await scene.AskAsync("Hello", "t-1")).Response.ConversationId);
        Assert.Null(scene.Model.Calls[1].Options?.ConversationId);
        Assert.Equal(["u:Hello", "a:Hi.", "u:Again"], scene.Sent(1));
    }

    private static async Task<ChatResponse> CallAsync(IChatClient client, bool isStreaming, ChatMessage[] messages, ChatOptions options) => isStreaming
        ? await client.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token)
        : await client.GetResponseAsync(messages, options, Token);
}
