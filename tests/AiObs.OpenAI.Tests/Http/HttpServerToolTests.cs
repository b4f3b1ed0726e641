using AiObs.Cost;
using AiObs.Operations;
using AiObs.TestSupport;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>What Anthropic's own tools did in the midst of an answer, and of a history.</summary>
public sealed class HttpServerToolTests
{
    private const string Usage = """{"input_tokens":10,"output_tokens":5}""";

    private const string Search =
        """
        [{"type":"text","text":"Let me look."},
         {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"weather Oslo"}},
         {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://example.com/oslo","title":"Oslo","encrypted_content":"abc","page_age":"1 day"}]},
         {"type":"text","text":"Sunny."}]
        """;

    private const string SearchParts =
        """{"type":"text","content":"Let me look."},{"type":"server_tool_call","id":"srvtoolu_1","name":"web_search","server_tool_call":{"type":"web_search","queries":["weather Oslo"]}},{"type":"server_tool_call_response","id":"srvtoolu_1","server_tool_call_response":{"type":"web_search","output":[{"type":"uri","modality":"document","mime_type":"application/octet-stream","uri":"https://example.com/oslo"}]}},{"type":"text","content":"Sunny."}""";

    private const string Rest =
        """
        [{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"}},
         {"type":"web_search_tool_result","tool_use_id":"s1","content":{"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}},
         {"type":"server_tool_use","id":"s2","name":"code_execution","input":{"code":"print(1)"}},
         {"type":"code_execution_tool_result","tool_use_id":"s2","content":{"type":"code_execution_result","stdout":"1\n","stderr":"late","return_code":1,"content":[{"type":"code_execution_output","file_id":"file_1"}]}},
         {"type":"mcp_tool_use","id":"m1","name":"echo","server_name":"demo","input":{"text":"hi"}},
         {"type":"mcp_tool_result","tool_use_id":"m1","is_error":false,"content":[{"type":"text","text":"hi there"}]},
         {"type":"server_tool_use","id":"s3","name":"web_fetch","input":{"url":"https://example.com"}},
         {"type":"web_fetch_tool_result","tool_use_id":"s3","content":{"type":"web_fetch_result","url":"https://example.com"}},
         {"type":"server_tool_use","id":"s4","name":"bash_code_execution","input":{"command":"ls"}},
         {"type":"bash_code_execution_tool_result","tool_use_id":"s4","content":{"type":"bash_code_execution_result","stdout":"a","stderr":"","return_code":0,"content":[]}},
         {"type":"container_upload","file_id":"file_2"}]
        """;

    private static readonly string[] RestParts =
    [
        """{"type":"server_tool_call","id":"s1","name":"web_search","server_tool_call":{"type":"web_search","queries":["x"]}}""",
        """{"type":"server_tool_call_response","id":"s1","server_tool_call_response":{"type":"web_search","output":[{"type":"error","message":"","error_code":"max_uses_exceeded"}]}}""",
        """{"type":"server_tool_call","id":"s2","name":"code_interpreter","server_tool_call":{"type":"code_interpreter","code":"print(1)"}}""",
        """{"type":"server_tool_call_response","id":"s2","server_tool_call_response":{"type":"code_interpreter","output":[{"type":"text","content":"1\n"},{"type":"error","message":"late","error_code":"1"},{"type":"file","modality":"document","file_id":"file_1"}]}}""",
        """{"type":"server_tool_call","id":"m1","name":"echo","server_tool_call":{"type":"mcp","server_name":"demo","arguments":{"text":"hi"}}}""",
        """{"type":"server_tool_call_response","id":"m1","server_tool_call_response":{"type":"mcp","output":"hi there"}}""",
        """{"type":"server_tool_call","id":"s3","name":"web_fetch","server_tool_call":{"type":"web_fetch","url":"https://example.com"}}""",
        """{"type":"server_tool_call_response","id":"s3","server_tool_call_response":{"type":"web_fetch","content":{"type":"web_fetch_result","url":"https://example.com"}}}""",
        """{"type":"server_tool_call","id":"s4","name":"bash_code_execution","server_tool_call":{"type":"bash_code_execution","command":"ls"}}""",
        """{"type":"server_tool_call_response","id":"s4","server_tool_call_response":{"type":"bash_code_execution","content":{"type":"bash_code_execution_result","stdout":"a","stderr":"","return_code":0,"content":[]}}}""",
        """{"type":"file","modality":"document","file_id":"file_2"}""",
    ];

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Answer_WithASearch_SaysWhatWasAskedAndFound(CallStyle style) => Assert.Equal(
        $$"""[{"role":"assistant","parts":[{{SearchParts}}],"finish_reason":"stop"}]""", await AnswerAsync(Search, style));

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Answer_WithOtherTools_SaysWhatTheyDid(CallStyle style) => Assert.Equal(
        $$"""[{"role":"assistant","parts":[{{string.Join(',', RestParts)}}],"finish_reason":"stop"}]""", await AnswerAsync(Rest, style));

    [Theory]
    [InlineData(CallStyle.Async, false)]
    [InlineData(CallStyle.Streamed, false)]
    [InlineData(CallStyle.Async, true)]
    [InlineData(CallStyle.Streamed, true)]
    public async Task Cost_OfAnAnswerWithRunsOfCode_SaysThatTheirFeeIsNotKnown(CallStyle style, bool keepsContent)
    {
        await using var http = await ObservedHttp.StartAsync(
            options => options.CaptureContent = keepsContent ? ContentCapture.All : options.CaptureContent,
            static builder => builder.AddCostTracking(),
            addInside: builder => builder.AddHttpMessageHandler(() => MessageAnswer.Handler(Rest, Usage, style)));

        await http.SendAsync(WireFormat.Messages, Asking("\"Weather?\""), style);

        var record = Assert.Single((await http.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((CostCompleteness.Partial, "no rate for code_executions", 2), (record.Completeness, record.Receipt.Reason, record.Receipt.Usage["code_executions"]));
    }

    [Theory]
    [InlineData(Search, CallStyle.Async)]
    [InlineData(Search, CallStyle.Streamed)]
    [InlineData(Rest, CallStyle.Async)]
    [InlineData(Rest, CallStyle.Streamed)]
    public async Task Answer_ContentOff_HasNone(string content, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(addInside: builder => builder.AddHttpMessageHandler(() => MessageAnswer.Handler(content, Usage, style)));

        await http.SendAsync(WireFormat.Messages, Asking("\"Weather?\""), style);

        Assert.Equal((null, "chat claude-sonnet-4-5"), (http.Span.GetTagItem("gen_ai.output.messages"), http.Span.DisplayName));
        Assert.Empty(http.Metrics.Of("aiobs.faults"));
    }

    [Fact]
    public async Task History_WithASearch_SaysWhatWasAskedAndFound()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);

        await http.SendAsync(WireFormat.Messages, Asking(Search, "assistant"));

        Assert.Equal($$"""[{"role":"assistant","parts":[{{SearchParts}}]}]""", http.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Answer_WithASearch_SaysWhatTheSdksChatClientSays()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent, addInside: static builder => builder.AddHttpMessageHandler(static () =>
            MessageAnswer.Handler(Search, Usage, CallStyle.Async)));
        var sdk = new AnthropicClient(new ClientOptions { ApiKey = "key", BaseUrl = http.Server.BaseAddress.ToString(), MaxRetries = 0, HttpClient = http.Client });
        using var client = sdk.AsIChatClient("claude-sonnet-4-5").AsBuilder().UseAgentObservability(http.Root).Build();

        await client.GetResponseAsync("Weather?", cancellationToken: TestToken);
        await http.SendAsync(WireFormat.Messages, Asking("\"Weather?\""));

        Assert.Equal(2, http.Spans.Spans.Count);
        Assert.Equal(http.Spans.Spans[0].GetTagItem("gen_ai.output.messages"), http.Spans.Spans[1].GetTagItem("gen_ai.output.messages"));
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Answer_Redacted_KeepsOutWhatTheApplicationMasks(CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(
            static options =>
            {
                options.CaptureContent = ContentCapture.All;
                options.Privacy.RedactText = static (_, text) => text.Replace("canary", "***", StringComparison.Ordinal);
            },
            addInside: builder => builder.AddHttpMessageHandler(() => MessageAnswer.Handler(
                """
                [{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"canary"}},
                 {"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"web_search_result","url":"https://example.com/canary","title":"canary"}]},
                 {"type":"server_tool_use","id":"s2","name":"code_execution","input":{"code":"canary"}},
                 {"type":"code_execution_tool_result","tool_use_id":"s2","content":{"type":"code_execution_result","stdout":"canary","stderr":"canary","return_code":1,"content":[]}},
                 {"type":"mcp_tool_use","id":"m1","name":"echo","server_name":"demo","input":{"text":"canary"}},
                 {"type":"mcp_tool_result","tool_use_id":"m1","content":[{"type":"text","text":"canary"}]},
                 {"type":"server_tool_use","id":"s3","name":"web_fetch","input":{"url":"canary"}},
                 {"type":"web_fetch_tool_result","tool_use_id":"s3","content":{"type":"web_fetch_result","url":"canary"}}]
                """,
                Usage,
                style)));

        await http.SendAsync(WireFormat.Messages, Asking("\"Weather?\""), style);

        Assert.Contains("***", (string)http.Span.GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
        Assert.Empty(new CanaryScan("canary").Search(http.Spans.Spans).Search(http.OurLogs).Hits);
    }

    private static string Asking(string content, string role = "user") =>
        $$"""{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"{{role}}","content":{{content}}}]}""";

    private static async Task<object?> AnswerAsync(string content, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(
            ObservedHttp.WithContent, addInside: builder => builder.AddHttpMessageHandler(() => MessageAnswer.Handler(content, Usage, style)));

        await http.SendAsync(WireFormat.Messages, Asking("\"Weather?\""), style);

        Assert.Empty(http.Metrics.Of("aiobs.faults"));
        return http.Span.GetTagItem("gen_ai.output.messages");
    }
}
