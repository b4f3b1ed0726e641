using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

/// <summary>Drives chat completions and responses through the <see cref="IChatClient"/> of Microsoft.Extensions.AI.OpenAI.</summary>
public sealed class OpenAIChatClientTests : FakeServerTest
{
    [Theory]
    [InlineData(ModelProtocol.OpenAIChatCompletions)]
    [InlineData(ModelProtocol.OpenAIResponses)]
    public async Task GetResponseAsync_FullReply_HasTextAndToolCalls(ModelProtocol protocol)
    {
        Server.Enqueue(Replies.Full);
        using var client = Create(protocol);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        AssertFull(response);
    }

    [Theory]
    [InlineData(ModelProtocol.OpenAIChatCompletions)]
    [InlineData(ModelProtocol.OpenAIResponses)]
    public async Task GetStreamingResponseAsync_FullReply_AddsUpToTheSameResponse(ModelProtocol protocol)
    {
        Server.Enqueue(Replies.Full);
        using var client = Create(protocol);

        var updates = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal(["One ", "moment."], updates.Select(update => update.Text).Where(text => text.Length > 0));
        AssertFull(updates.ToChatResponse());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ReasoningInResponses_ArrivesInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);
        using var client = Create(ModelProtocol.OpenAIResponses);

        var updates = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal(
            ["Let me ", "look."],
            updates.SelectMany(update => update.Contents).OfType<TextReasoningContent>()
                .Select(content => content.Text).Where(text => text.Length > 0));
    }

    [Theory]
    [InlineData(ModelProtocol.OpenAIChatCompletions, false)]
    [InlineData(ModelProtocol.OpenAIChatCompletions, true)]
    [InlineData(ModelProtocol.OpenAIResponses, false)]
    [InlineData(ModelProtocol.OpenAIResponses, true)]
    public async Task GetResponseAsync_ToolScripted_TheLoopRunsItAndBringsTheResult(ModelProtocol protocol, bool stream)
    {
        Server.Enqueue(ModelReply.Call("get_weather", "{\"city\":", "\"Paris\"}"), ModelReply.Say("Sunny ", "in Paris."));
        using var client = Create(protocol).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"no clouds over {city}", "get_weather")] };

        var response = stream
            ? await client.GetStreamingResponseAsync("Weather?", options, TestToken).ToChatResponseAsync(TestToken)
            : await client.GetResponseAsync("Weather?", options, TestToken);

        Assert.EndsWith("Sunny in Paris.", response.Text, StringComparison.Ordinal);
        Assert.All(Server.Requests, request => Assert.Equal(protocol, request.Protocol));
        Assert.Contains("no clouds over Paris", Server.Requests[1].Body, StringComparison.Ordinal);
    }

    private IChatClient Create(ModelProtocol protocol) => protocol == ModelProtocol.OpenAIResponses
        ? Clients.CreateResponsesChatClient(Server)
        : Clients.CreateOpenAIChatClient(Server);

    private static void AssertFull(ChatResponse response)
    {
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();

        Assert.Equal("One moment.", response.Text);
        Assert.Equal(
            ["call_fake000001x0 get_weather Paris", "my_call get_time CET"],
            calls.Select(call => $"{call.CallId} {call.Name} {call.Arguments!.Values.Single()}"));
        Assert.Equal("served-model", response.ModelId);
        Assert.Equal((100, 50, 150), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
        Assert.Equal((30, 7), (response.Usage?.CachedInputTokenCount, response.Usage?.ReasoningTokenCount));
    }
}
