using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

/// <summary>Drives the chat protocol of Ollama through OllamaSharp's <see cref="IChatClient"/>.</summary>
public sealed class OllamaChatClientTests : FakeServerTest
{
    [Fact]
    public async Task GetResponseAsync_NothingScripted_EchoesTheUser()
    {
        using var client = Clients.CreateOllamaChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal("You said: Weather?", response.Text);
        Assert.Equal((ChatFinishReason.Stop, "llama3.2"), (response.FinishReason, response.ModelId));
        Assert.Equal((2, 5), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    [Fact]
    public async Task GetResponseAsync_FullReply_HasReasoningTextAndToolCalls()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateOllamaChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        AssertFull(response);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_FullReply_AddsUpToTheSameResponse()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateOllamaChat(Server);

        var response = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);

        AssertFull(response);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_FullReply_ArrivesInTheScriptedPieces()
    {
        Server.Enqueue(Replies.Full);
        using var client = Clients.CreateOllamaChat(Server);

        var updates = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal(["Let me ", "look."], PiecesOf<TextReasoningContent>(updates, content => content.Text));
        Assert.Equal(["One ", "moment."], PiecesOf<TextContent>(updates, content => content.Text));
        Assert.Equal(["get_weather", "get_time"], PiecesOf<FunctionCallContent>(updates, content => content.Name));
    }

    [Fact]
    public async Task GetResponseAsync_UsageOmitted_CountsZeroInTheSdk()
    {
        Server.Enqueue(ModelReply.Say("Sunny.") with { OmitUsage = true });
        using var client = Clients.CreateOllamaChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal((0, 0), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ToolScripted_TheLoopRunsItAndBringsTheResult(bool stream)
    {
        Server.Enqueue(ModelReply.Call("get_weather", "{\"city\":", "\"Paris\"}"), ModelReply.Say("Sunny ", "in Paris."));
        using var client = Clients.CreateOllamaChat(Server).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"no clouds over {city}", "get_weather")] };

        var response = stream
            ? await client.GetStreamingResponseAsync("Weather?", options, TestToken).ToChatResponseAsync(TestToken)
            : await client.GetResponseAsync("Weather?", options, TestToken);

        Assert.EndsWith("Sunny in Paris.", response.Text, StringComparison.Ordinal);
        Assert.Contains("no clouds over Paris", Server.Requests[1].Body, StringComparison.Ordinal);
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
        using var client = Clients.CreateOllamaChat(Server);

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
        Assert.Equal((ModelProtocol.OllamaChat, "llama3.2", false), (request.Protocol, request.Model, request.Stream));
        Assert.Equal(
            ["system Be brief.", "user Weather?", "assistant ", "tool "],
            request.Messages.Select(message => $"{message.Role} {message.Text}"));
        Assert.Equal("{\"city\":\"Paris\"}", Assert.Single(request.Messages[2].ToolCalls).ArgumentsJson);
        Assert.Contains("sunny", Assert.Single(request.NewToolResults).Text, StringComparison.Ordinal);
        Assert.Equal(("get_weather", "Looks at the sky."), (request.Tools[0].Name, request.Tools[0].Description));
        Assert.Contains("\"city\"", request.Tools[0].Schema!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> PiecesOf<T>(IEnumerable<ChatResponseUpdate> updates, Func<T, string> text) =>
        updates.SelectMany(update => update.Contents).OfType<T>().Select(text).Where(piece => piece.Length > 0);

    private static void AssertFull(ChatResponse response)
    {
        var contents = Assert.Single(response.Messages).Contents;

        Assert.Equal("Let me look.", Assert.Single(contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal("One moment.", response.Text);
        Assert.Equal(
            ["get_weather Paris", "get_time CET"],
            contents.OfType<FunctionCallContent>().Select(call => $"{call.Name} {call.Arguments!.Values.Single()}"));
        Assert.Equal((ChatFinishReason.Stop, "served-model"), (response.FinishReason, response.ModelId));
        Assert.Equal((100, 50, 150), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
    }
}
