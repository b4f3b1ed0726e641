using System.Text.Json.Nodes;

namespace FakeModelServer.Tests;

/// <summary>Looks at the chat protocol of Ollama on the wire.</summary>
public sealed class OllamaChatTests : FakeServerTest
{
    [Fact]
    public async Task Post_StreamIsOff_AnswersWithOneObject()
    {
        await using var server = await StartWithClockAsync();
        server.Enqueue(Replies.Full);

        var (type, text) = await PostAsync(server, """{"model": "llama3.2", "stream": false, "messages": []}""");

        Assert.Equal("application/json", type);
        Assert.Equal(
            """
            {"model":"served-model","created_at":"1970-01-01T00:16:40Z",
            "message":{"role":"assistant","content":"One moment.","thinking":"Let me look.","tool_calls":[
            {"id":"call_fake000001x0","function":{"index":0,"name":"get_weather","arguments":{"city":"Paris"}}},
            {"id":"my_call","function":{"index":1,"name":"get_time","arguments":{"zone":"CET"}}}]},
            "done":true,"done_reason":"stop","total_duration":1105000000,"load_duration":5000000,
            "prompt_eval_count":100,"prompt_eval_duration":100000000,"eval_count":50,"eval_duration":1000000000}
            """.ReplaceLineEndings(string.Empty),
            text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"stream\": true")]
    public async Task Post_StreamIsNotOff_AnswersWithLines(string stream)
    {
        await using var server = await StartWithClockAsync();
        server.Enqueue(Replies.Full);

        var (type, text) = await PostAsync(server, $$"""{"model": "llama3.2", "messages": []{{stream}}}""");

        Assert.Equal("application/x-ndjson", type);
        Assert.Equal(
            [
                "false thinking \"Let me \"",
                "false thinking \"look.\"",
                "false content \"One \"",
                "false content \"moment.\"",
                """false tool_calls [{"id":"call_fake000001x0","function":{"index":0,"name":"get_weather","arguments":{"city":"Paris"}}}]""",
                """false tool_calls [{"id":"my_call","function":{"index":1,"name":"get_time","arguments":{"zone":"CET"}}}]""",
                "true content \"\"",
            ],
            text.TrimEnd().Split('\n').Select(ShowLine));
    }

    [Fact]
    public async Task Post_Streamed_OnlyTheLastLineHasReasonAndNumbers()
    {
        await using var server = await StartWithClockAsync();
        server.Enqueue(ModelReply.Say("Sunny.") with { Usage = Replies.Usage });

        var (_, text) = await PostAsync(server, """{"model": "llama3.2", "messages": []}""");

        Assert.Equal(
            """
            {"model":"llama3.2","created_at":"1970-01-01T00:16:40Z","message":{"role":"assistant","content":"Sunny."},"done":false}¶
            {"model":"llama3.2","created_at":"1970-01-01T00:16:40Z","message":{"role":"assistant","content":""},"done":true,
            "done_reason":"stop","total_duration":1105000000,"load_duration":5000000,
            "prompt_eval_count":100,"prompt_eval_duration":100000000,"eval_count":50,"eval_duration":1000000000}¶
            """.ReplaceLineEndings(string.Empty).Replace('¶', '\n'),
            text);
    }

    [Theory]
    [InlineData(FinishReason.Stop, "stop")]
    [InlineData(FinishReason.StopSequence, "stop")]
    [InlineData(FinishReason.Length, "length")]
    [InlineData(FinishReason.ToolCalls, "stop")]
    [InlineData(FinishReason.ContentFilter, "stop")]
    public async Task Post_FinishReasonScripted_IsSpeltInTheProtocol(FinishReason scripted, string expected)
    {
        Server.Enqueue(ModelReply.Say("x") with { FinishReason = scripted });

        var (_, text) = await PostAsync(Server, """{"model": "m", "stream": false}""");

        Assert.Equal(expected, (string?)JsonNode.Parse(text)!["done_reason"]);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Post_UsageOmitted_SendsNoCounts(string stream)
    {
        Server.Enqueue(Replies.Full with { OmitUsage = true });

        var (_, text) = await PostAsync(Server, $$"""{"model": "m", "stream": {{stream}}}""");

        Assert.Contains("\"done\":true,\"done_reason\":\"stop\",\"total_duration\":5000000,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("eval", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task Post_ErrorAmongTheArguments_SendsTheCallOnlyWithItsLastPiece(int pieces, int expectedCalls)
    {
        var call = ModelReply.Call("get_weather", "{\"city\"", ":", "\"Paris\"}");
        Server.Enqueue(call with { Error = new ModelError { AfterPieces = pieces } });

        var (_, text) = await PostAsync(Server, """{"model": "m"}""");

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expectedCalls, lines.Count(line => line.Contains("get_weather", StringComparison.Ordinal)));
        Assert.Equal("""{"error":"model runner failed"}""", lines[^1]);
    }

    [Fact]
    public async Task Post_ArgumentsAreNotJson_ShowsThemAsText()
    {
        Server.Enqueue(ModelReply.Call("get_weather", "{\"city"));

        var (_, text) = await PostAsync(Server, """{"model": "m", "stream": false}""");

        Assert.Contains("\"arguments\":\"{\\\"city\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tool_call_id\": \"c1\", \"tool_name\": \"get_weather\"", "c1")]
    [InlineData("\"tool_name\": \"get_weather\"", "get_weather")]
    [InlineData("\"images\": []", "")]
    public async Task Post_ToolResult_ReachesTheHandlerUnderWhatItIsCalled(string name, string expected)
    {
        var seen = new TaskCompletionSource<ModelRequest>();
        Server.Handler = request =>
        {
            seen.SetResult(request);

            return null;
        };

        await PostAsync(Server, $$"""{"model": "m", "messages": [{"role": "tool", "content": "sunny", {{name}}}]}""");

        Assert.Equal([new ModelToolResult(expected, "sunny")], (await seen.Task).NewToolResults);
    }

    private static Task<FakeServer> StartWithClockAsync() =>
        FakeServer.StartAsync(new FakeServerOptions { TimeProvider = new InstantTimeProvider() }, TestToken);

    private static async Task<(string? Type, string Text)> PostAsync(FakeServer server, string body)
    {
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var content = new StringContent(body);
        var response = await http.PostAsync(new Uri("/api/chat", UriKind.Relative), content, TestToken);

        return (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(TestToken));
    }

    /// <summary>Shows whether a line is the last, and the member of its message that says something.</summary>
    private static string ShowLine(string line)
    {
        var json = JsonNode.Parse(line)!;
        var (name, value) = json["message"]!.AsObject().Last();

        return $"{json["done"]} {name} {value!.ToJsonString()}";
    }
}
