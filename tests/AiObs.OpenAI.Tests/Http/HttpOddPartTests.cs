using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Calls whose arguments were cut, and spoken answers: the same at once and in pieces, in both conventions.</summary>
public sealed class HttpOddPartTests
{
    private const string Body = """{"model":"gpt-4o","max_tokens":9,"messages":[{"role":"user","content":"Weather?"}],"input":"Weather?"}""";
    private const string Cut = """{\"to\":\"ann@example.com\",\"ci""";
    private const string Arguments = "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments";

    /// <summary>The two halves of what a model says, as a stream brings them.</summary>
    private const string First = "UklGRgA=";
    private const string Second = "AQID";

    private static readonly (WireFormat Format, bool IsStreamed, string Answer)[] CutAnswers =
    [
        (WireFormat.ChatCompletions, false,
            $$$"""{"choices":[{"finish_reason":"length","message":{"tool_calls":[{"id":"c1","type":"function","function":{"name":"send","arguments":"{{{Cut}}}"}}]}}]}"""),
        (WireFormat.ChatCompletions, true, Events(
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"send","arguments":"{{{Cut[..12]}}}"}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{{{Cut[12..]}}}"}}]},"finish_reason":"length"}]}""",
            "[DONE]")),
        (WireFormat.Responses, false,
            $$$"""{"id":"r1","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"function_call","call_id":"c1","name":"send","arguments":"{{{Cut}}}","status":"incomplete"}]}"""),
        (WireFormat.Responses, true, Events(
            $$$"""{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c1","name":"send","arguments":"{{{Cut}}}","status":"incomplete"}}""",
            """{"type":"response.incomplete","response":{"id":"r1","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}""")),
        (WireFormat.Messages, true, Events(
            """{"type":"message_start","message":{"id":"m1","role":"assistant"}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c1","name":"send","input":{}}}""",
            $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{{{Cut}}}"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"max_tokens"}}""",
            """{"type":"message_stop"}""")),
    ];

    private static readonly string[] SpokenAnswers =
    [
        """{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":null,"audio":{"id":"a1","transcript":"Ask ann@example.com.","data":"UklGRgABAgM="}}}]}""",
        Events(
            """{"choices":[{"index":0,"delta":{"role":"assistant","audio":{"id":"a1","transcript":"Ask ann@"}}}]}""",
            $$$$"""{"choices":[{"index":0,"delta":{"audio":{"data":"{{{{First}}}}"}}}]}""",
            """{"choices":[{"index":0,"delta":{"audio":{"transcript":"example.com."}}}]}""",
            $$$$"""{"choices":[{"index":0,"delta":{"audio":{"data":"{{{{Second}}}}"}}}]}""",
            """{"choices":[{"index":0,"delta":{"audio":{"data":"not base64!"}}}]}""",
            """{"choices":[{"index":0,"delta":{"audio":{"expires_at":1}},"finish_reason":"stop"}]}""",
            "[DONE]"),
    ];

    public static TheoryData<int> Cuts => [.. Enumerable.Range(0, CutAnswers.Length)];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutArguments_ContentOn_AreTheTextThatTheModelWrote(int answer)
    {
        await using var http = await AskAsync(answer, ObservedHttp.WithContent);

        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"send","arguments":"{{Cut}}"}],"finish_reason":"length"}]""",
            http.Span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal($"\"{Cut}\"", http.Span.GetTagItem(Arguments));
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutArguments_Redacted_AreRedactedInBothConventions(int answer)
    {
        await using var http = await AskAsync(answer, static o =>
        {
            ObservedHttp.WithContent(o);
            o.Privacy.RedactionRules = RedactionRules.Email;
        });

        var redacted = Cut.Replace("ann@example.com", "[EMAIL]", StringComparison.Ordinal);
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"send","arguments":"{{redacted}}"}],"finish_reason":"length"}]""",
            http.Span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal($"\"{redacted}\"", http.Span.GetTagItem(Arguments));
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task CutArguments_ContentOffOrHidden_StandNowhere(int answer)
    {
        await using var off = await AskAsync(answer, null);
        await using var hidden = await AskAsync(answer, static o =>
        {
            ObservedHttp.WithContent(o);
            o.Privacy.HideOutputs = true;
        });

        AssertNowhere("ann@", off);
        AssertNowhere("ann@", hidden);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task SpokenAnswer_ContentOn_IsItsTextAndTheWholeOfItsAudio(int answer)
    {
        await using var http = await SpeakAsync(answer, ObservedHttp.WithContent);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Ask ann@example.com."},{"type":"blob","modality":"audio","mime_type":"audio/wav","content":"UklGRgABAgM="}],"finish_reason":"stop"}]""",
            http.Span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal("Ask ann@example.com.", http.Span.GetTagItem("llm.output_messages.0.message.contents.0.message_content.text"));
        Assert.Equal("audio", http.Span.GetTagItem("llm.output_messages.0.message.contents.1.message_content.type"));
        Assert.Equal("data:audio/wav;base64,UklGRgABAgM=", http.Span.GetTagItem("llm.output_messages.0.message.contents.1.message_content.audio.audio.url"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task SpokenAnswer_RedactedAndLongerThanWanted_IsItsRedactedTextAlone(int answer)
    {
        await using var http = await SpeakAsync(answer, static o =>
        {
            ObservedHttp.WithContent(o);
            o.Privacy.RedactionRules = RedactionRules.Email;
            o.Privacy.Base64ImageMaxLength = 10;
        });

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Ask [EMAIL]."},{"type":"blob","modality":"audio","mime_type":"audio/wav","content":"__REDACTED__"}],"finish_reason":"stop"}]""",
            http.Span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal("__REDACTED__", http.Span.GetTagItem("llm.output_messages.0.message.contents.1.message_content.audio.audio.url"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task SpokenAnswer_ContentOff_StandsNowhere(int answer)
    {
        await using var http = await SpeakAsync(answer, null);

        AssertNowhere("ann@", http);
        AssertNowhere("UklGR", http);
    }

    [Fact]
    public async Task SpokenAnswer_LongerThanAnAnswerThatIsRead_IsItsTextAlone()
    {
        var piece = Convert.ToBase64String(new byte[6 * 1024 * 1024]);
        var spoken = $$$$"""{"choices":[{"index":0,"delta":{"audio":{"transcript":"La. ","data":"{{{{piece}}}}"}}}]}""";

        await using var http = await AskAsync(
            WireFormat.ChatCompletions, true, Events(spoken, spoken, spoken, """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""), static o =>
            {
                ObservedHttp.WithContent(o);
                o.Privacy.Base64ImageMaxLength = int.MaxValue;
            });

        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"La. La. La. "}],"finish_reason":"stop"}]""", http.Span.GetTagItem("gen_ai.output.messages"));
    }

    private static string Events(params string[] data) => string.Concat(data.Select(static item => $"data: {item}\n\n"));

    private static void AssertNowhere(string text, ObservedHttp http)
    {
        Assert.Equal(1L, (http.Span.GetTagItem("gen_ai.response.finish_reasons") as string[])?.LongLength);
        Assert.DoesNotContain(text, SpanText.Of(http.Span), StringComparison.Ordinal);
    }

    private static Task<ObservedHttp> AskAsync(int answer, Action<AgentObservabilityOptions>? configure) =>
        AskAsync(CutAnswers[answer].Format, CutAnswers[answer].IsStreamed, CutAnswers[answer].Answer, configure);

    private static Task<ObservedHttp> SpeakAsync(int answer, Action<AgentObservabilityOptions>? configure) =>
        AskAsync(WireFormat.ChatCompletions, isStreamed: answer == 1, SpokenAnswers[answer], configure);

    private static async Task<ObservedHttp> AskAsync(WireFormat format, bool isStreamed, string answer, Action<AgentObservabilityOptions>? configure)
    {
        var http = await ObservedHttp.StartAsync(configure, addInside: builder => builder.AddHttpMessageHandler(
            () => StubHandler.Saying(answer, isStreamed ? "text/event-stream" : "application/json")));
        await http.SendAsync(format, Body, isStreamed ? CallStyle.Streamed : CallStyle.Async);
        return http;
    }
}
