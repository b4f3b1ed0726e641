using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

/// <summary>Scripts the server as another process would: over HTTP.</summary>
public sealed class ScriptingTests : FakeServerTest
{
    [Fact]
    public async Task PostScript_OneReply_AnswersTheNextCall()
    {
        var answer = await PostScriptAsync("""
            {
              "reasoning": "Easy.", "text": ["Sunny ", "today."], "finishReason": "length", "model": "served-model",
              "toolCalls": [{"name": "get_weather", "arguments": ["{\"city\":", "\"Paris\"}"], "id": "c1"}],
              "usage": {"inputTokens": 20, "outputTokens": 6, "cacheReadTokens": 8}
            }
            """);
        using var client = Clients.CreateAnthropicChat(Server);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal("""{"queued":1}""", await answer.Content.ReadAsStringAsync(TestToken));
        Assert.Equal(("Sunny today.", "served-model", ChatFinishReason.Length), (response.Text, response.ModelId, response.FinishReason));
        Assert.Equal((20, 6), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
        Assert.Equal(8, response.Usage?.CachedInputTokenCount);
        Assert.Equal("c1", Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).CallId);
    }

    [Fact]
    public async Task PostScript_ArrayOfReplies_AnswersTheNextCallsInOrder()
    {
        await PostScriptAsync("""[{"text": "first"}, {"error": {"status": 429, "retryAfterSeconds": 0}}, {"text": "second"}]""");
        using var client = Clients.CreateAnthropicChat(Server, retries: 1);

        var first = await client.GetResponseAsync("?", cancellationToken: TestToken);
        var second = await client.GetResponseAsync("?", cancellationToken: TestToken);

        Assert.Equal(("first", "second", 3), (first.Text, second.Text, Server.Requests.Count));
    }

    [Fact]
    public async Task PostScript_BrokenStream_IsCut()
    {
        await PostScriptAsync("""{"text": ["One ", "two"], "pieceDelay": "00:00:00.001", "cutAfterPieces": 1}""");
        using var client = Clients.CreateAnthropicChat(Server);

        await Assert.ThrowsAsync<HttpIOException>(
            async () => await client.GetStreamingResponseAsync("?", cancellationToken: TestToken).ToListAsync(TestToken));
    }

    [Theory]
    [InlineData("nonsense", "invalid")]
    [InlineData("null", "JSON object")]
    [InlineData("[null]", "JSON object")]
    [InlineData("""{"txt": "misspelt"}""", "txt")]
    [InlineData("""{"toolCalls": [{"arguments": "{}"}]}""", "name")]
    [InlineData("""{"text": null}""", "text")]
    [InlineData("""{"text": ["One", null]}""", "pieces")]
    public async Task PostScript_NotAReply_IsRefusedWithTheReason(string script, string reason)
    {
        var answer = await PostScriptAsync(script);

        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestToken);
        Assert.Equal((400, 0), ((int)answer.StatusCode, Server.QueuedReplies));
        Assert.Contains(reason, (string?)body!["error"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task PostScript_QueueIsFull_IsRefused()
    {
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { ReplyCapacity = 1 }, TestToken);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };

        var answer = await http.PostAsJsonAsync("/_script", new[] { new { text = "1" }, new { text = "2" } }, TestToken);

        Assert.Equal((409, 0), ((int)answer.StatusCode, server.QueuedReplies));
    }

    [Fact]
    public async Task GetRequests_CallReceived_ListsItAlone()
    {
        await PostScriptAsync("""{"text": "Sunny."}""");
        using var client = Clients.CreateAnthropicChat(Server);
        await client.GetResponseAsync("Weather?", cancellationToken: TestToken);
        await Server.Requests[0].Finished;
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        var list = await http.GetFromJsonAsync<JsonArray>("/_requests", TestToken);

        var request = Assert.Single(list!)!;
        Assert.Equal((1, "POST", "/v1/messages"), ((int?)request["number"], (string?)request["method"], (string?)request["path"]));
        Assert.Equal(("AnthropicMessages", "Answered"), ((string?)request["protocol"], (string?)request["outcome"]));
        Assert.Contains("Weather?", (string?)request["body"], StringComparison.Ordinal);
        Assert.NotNull(request["headers"]!["anthropic-version"]);
    }

    [Fact]
    public async Task GetRequests_StreamUnderWay_HasNoOutcomeYet()
    {
        Server.Enqueue(ModelReply.Say("One") with { BeforePiece = HoldAt(0) });
        using var client = Clients.CreateAnthropicChat(Server);
        await using var updates = client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).GetAsyncEnumerator(TestToken);
        await updates.MoveNextAsync();
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        var list = await http.GetFromJsonAsync<JsonArray>("/_requests", TestToken);

        Assert.Null(Assert.Single(list!)!["outcome"]);
    }

    private async Task<HttpResponseMessage> PostScriptAsync(string script)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent(script);

        return await http.PostAsync(new Uri("/_script", UriKind.Relative), content, TestToken);
    }
}
