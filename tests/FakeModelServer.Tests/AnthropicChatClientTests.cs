using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

/// <summary>Drives the messages protocol through the SDK's <see cref="IChatClient"/>.</summary>
public sealed class AnthropicChatClientTests : FakeServerTest
{
    [Fact]
    public async Task GetResponseAsync_NothingScripted_EchoesTheUser()
    {
        using var client = Clients.CreateAnthropicChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal("You said: Weather?", response.Text);
        Assert.Equal((ChatFinishReason.Stop, "claude-sonnet-4-5"), (response.FinishReason, response.ModelId));
        Assert.Equal((2, 5), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    [Fact]
    public async Task GetResponseAsync_FullReply_HasReasoningTextAndToolCalls()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateAnthropicChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        AssertFull(response);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_FullReply_AddsUpToTheSameResponse()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateAnthropicChat(Server);

        var response = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);

        AssertFull(response);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_FullReply_ArrivesInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateAnthropicChat(Server);

        var updates = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal(["Let me ", "look."], PiecesOf<TextReasoningContent>(updates, content => content.Text));
        Assert.Equal(["One ", "moment."], PiecesOf<TextContent>(updates, content => content.Text));
    }

    [Fact]
    public async Task GetResponseAsync_ToolsAndResults_ReachTheHandler()
    {
        var seen = new TaskCompletionSource<ModelRequest>();
        Server.Handler = request =>
        {
            seen.SetResult(request);

            return ModelReply.Say("Sunny.");
        };
        var call = new FunctionCallContent("c1", "get_weather", new Dictionary<string, object?> { ["city"] = "Paris" });
        using var client = Clients.CreateAnthropicChat(Server);

        await client.GetResponseAsync(
            [
                new ChatMessage(ChatRole.System, "Be brief."),
                new ChatMessage(ChatRole.User, "Weather?"),
                new ChatMessage(ChatRole.Assistant, [call]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "sunny")]),
            ],
            new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => city, "get_weather", "Looks at the sky.")] },
            TestToken);

        var request = await seen.Task;
        Assert.Equal((ModelProtocol.AnthropicMessages, "claude-sonnet-4-5", false), (request.Protocol, request.Model, request.Stream));
        Assert.Equal(
            ["system Be brief.", "user Weather?", "assistant ", "user "],
            request.Messages.Select(message => $"{message.Role} {message.Text}"));
        Assert.Equal("{\"city\":\"Paris\"}", Assert.Single(request.Messages[2].ToolCalls).ArgumentsJson);
        Assert.Equal([new ModelToolResult("c1", "sunny")], request.NewToolResults);
        Assert.Equal(("get_weather", "Looks at the sky."), (request.Tools[0].Name, request.Tools[0].Description));
        Assert.Contains("\"city\"", request.Tools[0].Schema!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> PiecesOf<T>(IEnumerable<ChatResponseUpdate> updates, Func<T, string> text) =>
        updates.SelectMany(update => update.Contents).OfType<T>().Select(text).Where(piece => piece.Length > 0);

    private static void AssertFull(ChatResponse response)
    {
        var contents = Assert.Single(response.Messages).Contents;
        var reasoning = Assert.Single(contents.OfType<TextReasoningContent>());

        Assert.Equal(("Let me look.", "c2lnbmF0dXJl"), (reasoning.Text, reasoning.ProtectedData));
        Assert.Equal("One moment.", response.Text);
        Assert.Equal(
            ["toolu_fake000001x0 get_weather Paris", "my_call get_time CET"],
            contents.OfType<FunctionCallContent>().Select(call => $"{call.CallId} {call.Name} {call.Arguments!.Values.Single()}"));
        Assert.Equal((ChatFinishReason.ToolCalls, "served-model"), (response.FinishReason, response.ModelId));
        Assert.Equal((100, 50, 150), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
        Assert.Equal((30, 7), (response.Usage?.CachedInputTokenCount, response.Usage?.ReasoningTokenCount));
        Assert.Equal(20, response.Usage?.AdditionalCounts?["CacheCreationInputTokens"]);
    }
}
