using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using AiObs.TestSupport;

namespace AiObs.OpenAI.Tests;

/// <summary>Several answers to one request.</summary>
public sealed class ChoiceTests
{
    private const string Answers =
        """[{"role":"assistant","parts":[{"type":"tool_call","id":"a","name":"f","arguments":{"x":1}}],"finish_reason":"tool_call"},{"role":"assistant","parts":[{"type":"error","message":"No.","error_code":"Refusal"}],"finish_reason":"content_filter"},{"role":"assistant","parts":[{"type":"text","content":"It is"}],"finish_reason":"length"}]""";

    private const string Plain = """
        {"id":"c","model":"gpt-4o","choices":[
        {"index":2,"message":{"content":"It is"},"finish_reason":"length"},
        {"index":0,"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"},
        {"index":1,"message":{"refusal":"No."},"finish_reason":"content_filter"}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Plain_CallRefusalAndText_AreMessagesInTheirOrder() => CheckAsync(Plain, isStream: false, Answers);

    [Fact]
    public Task Stream_CallRefusalAndText_AreMessagesInTheirOrder() => CheckAsync(
        Events(
            """{"index":2,"delta":{"content":"It "}},{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]}}""",
            """{"index":1,"delta":{"refusal":"No."},"finish_reason":"content_filter"}""",
            """{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"x\":1}"}}]},"finish_reason":"tool_calls"}""",
            """{"index":2,"delta":{"content":"is"}}""",
            """{"index":2,"delta":{},"finish_reason":"length"}"""),
        isStream: true,
        Answers);

    [Fact]
    public Task WholeAnswerToAStream_IsTheSame() => CheckAsync(Plain, isStream: true, Answers);

    [Fact]
    public Task Stream_OneChoiceSaysNothing_IsAnEmptyMessage() => CheckAsync(
        Events(
            """{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{"content":"Yes."}}""",
            """{"index":1,"delta":{},"finish_reason":"stop"}"""),
        isStream: true,
        """[{"role":"assistant","parts":[],"finish_reason":"stop"},{"role":"assistant","parts":[{"type":"text","content":"Yes."}],"finish_reason":"stop"}]""",
        "stop",
        "stop");

    private static string Events(params string[] choices) => string.Concat(choices
        .Select(static choice => $"data: {{\"id\":\"c\",\"model\":\"gpt-4o\",\"choices\":[{choice}]}}\n\n")
        .Append("data: [DONE]\n\n"));

    private static Task CheckAsync(string body, bool isStream, string answers) =>
        CheckAsync(body, isStream, answers, "tool_calls", "content_filter", "length");

    private static async Task CheckAsync(string body, bool isStream, string answers, params string[] reasons)
    {
        var source = $"choices-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        await using var root = AgentObservability.Create(builder => builder.Configure(options =>
        {
            options.SourceName = source;
            options.CaptureContent = ContentCapture.Spans;
        }));
        var isWhole = body.StartsWith('{');
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(body), isWhole ? "application/json" : "text/event-stream");
        using var request = BinaryContent.Create(BinaryData.FromString($$"""{"model":"gpt-4o","n":3,"stream":{{(isStream ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}"""));

        await transport.Connect(root, new Uri("https://api.openai.com/v1")).GetChatClient("unused").CompleteChatAsync(
            request, new RequestOptions { CancellationToken = Token });

        var span = spans.Only();
        Assert.Equal(answers, span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal(reasons, (string[])span.GetTagItem("gen_ai.response.finish_reasons")!);
        Assert.Equal(reasons[0], span.GetTagItem("llm.finish_reason"));
    }
}
