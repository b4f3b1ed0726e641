using System.Net;

namespace AiObs.OpenAI.Tests.Wire;

/// <summary>Shapes of chat completions that the SDK has no types for, or that other servers make.</summary>
public sealed class ChatCompletionsShapeTests
{
    private const string Request = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}""";

    [Fact]
    public async Task Answer_SeveralChoices_AreMessagesOfTheirOwn()
    {
        var span = await CannedCall.ChatAsync(Request, """
            {"id":"c","model":"m","choices":[
              {"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"One."}},
              {"index":1,"finish_reason":"stop","message":{"role":"assistant","content":"Two."}}]}
            """);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"One."}],"finish_reason":"stop"},{"role":"assistant","parts":[{"type":"text","content":"Two."}],"finish_reason":"stop"}]""",
            span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Answer_AudioRefusalAndReasoning_AreParts()
    {
        var span = await CannedCall.ChatAsync(Request, """
            {"choices":[{"finish_reason":"content_filter","message":{"reasoning":"Hm.","refusal":"No.","audio":{"data":"AQI=","transcript":"Spoken."}}}]}
            """);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"error","message":"No.","error_code":"Refusal"},{"type":"text","content":"Spoken."},{"type":"blob","modality":"audio","mime_type":"audio/pcm","content":"AQI="}],"finish_reason":"content_filter"}]""",
            span.GetTagItem("gen_ai.output.messages"));
    }

    [Theory]
    [InlineData("UklGRg==", "audio/wav")]
    [InlineData("ZkxhQw==", "audio/flac")]
    [InlineData("T2dnUw==", "audio/ogg")]
    [InlineData("SUQzBA==", "audio/mpeg")]
    [InlineData("//uQZA==", "audio/mpeg")]
    [InlineData("//FQgA==", "audio/aac")]
    [InlineData("AAAAAA==", "audio/pcm")]
    public async Task Answer_Audio_HasTheTypeOfItsBytes(string data, string type)
    {
        var span = await CannedCall.ChatAsync(Request, $$"""
            {"choices":[{"finish_reason":"stop","message":{"audio":{"data":"{{data}}" } } }]}
            """);

        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"blob","modality":"audio","mime_type":"{{type}}","content":"{{data}}"}],"finish_reason":"stop"}]""",
            span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Answer_CutArguments_StayTheTextThatTheyAre()
    {
        var span = await CannedCall.ChatAsync(Request, """
            {"choices":[{"finish_reason":"length","message":{"tool_calls":[{"id":"t1","type":"function","function":{"name":"run","arguments":"{\"c\":"}}]}}]}
            """);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"t1","name":"run","arguments":"{\"c\":"}],"finish_reason":"length"}]""",
            span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal("\"{\\\"c\\\":\"", span.GetTagItem("llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(",\"n\":1", null)]
    [InlineData(",\"n\":3", 3L)]
    public async Task Request_SeveralChoices_SaysHowMany(string members, long? expected)
    {
        var span = await CannedCall.ChatAsync($$"""{"model":"gpt-4o","messages":[]{{members}}}""", "{}");

        Assert.Equal(expected, span.GetTagItem("gen_ai.request.choice.count"));
        Assert.Equal(expected is null ? null : """{"n":3}""", span.GetTagItem("llm.invocation_parameters"));
    }

    [Fact]
    public async Task Request_CustomTool_IsNoFunction()
    {
        var span = await CannedCall.ChatAsync("""
            {"model":"gpt-4o","messages":[],"tools":[{"type":"custom","custom":{"name":"run","description":"Runs."}}]}
            """, "{}");

        Assert.Equal("""[{"type":"custom","name":"run","description":"Runs."}]""", span.GetTagItem("gen_ai.tool.definitions"));
        Assert.Equal("""{"type":"custom","function":{"name":"run","description":"Runs."}}""", span.GetTagItem("llm.tools.0.tool.json_schema"));
    }

    [Fact]
    public async Task Answer_OlderAndCustomCalls_AreToolCalls()
    {
        var span = await CannedCall.ChatAsync(Request, """
            {"choices":[{"finish_reason":"function_call","message":{
              "tool_calls":[{"id":"t1","type":"custom","custom":{"name":"run","input":"ls -l"}}],
              "function_call":{"name":"old","arguments":"{\"a\":[1]}"}}}]}
            """);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"t1","name":"run","arguments":{"input":"ls -l"}},{"type":"tool_call","name":"old","arguments":{"a":[1]}}],"finish_reason":"tool_call"}]""",
            span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Request_OlderRolesAndNames_AreMessages()
    {
        var span = await CannedCall.ChatAsync("""
            {"model":"gpt-4o","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","name":"ann","content":[{"type":"text","text":"Hi"},{"type":"unheard_of"},{"type":"image_url","image_url":{"url":"no address"}}]},
              {"role":"function","name":"old","content":"42"},
              {"role":"tool","tool_call_id":"t1","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
            """, "{}");

        Assert.Equal(
            """[{"role":"developer","parts":[{"type":"text","content":"Be brief."}]},{"role":"user","name":"ann","parts":[{"type":"text","content":"Hi"}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"old","response":"42"}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"t1","response":"ab"}]}]""",
            span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Request_PropertyThatTheApplicationNames_IsRecorded()
    {
        var span = await CannedCall.ChatAsync("""{"model":"gpt-4o","messages":[],"metadata":{"team":"search"}}""", "{}");

        Assert.Equal("""{"team":"search"}""", span.GetTagItem("aiobs.request.metadata"));
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "HTTP 502 (Bad Gateway)")]
    [InlineData("""{"error":"down"}""", "HTTP 502 (Bad Gateway)")]
    [InlineData("""{"error":{"message":"\ud800"}}""", "HTTP 502 (: )\n\n")]
    [InlineData("""{"error":{"message":"m"},"\ud800":1}""", "HTTP 502 (Bad Gateway)")]
    [InlineData("""{"error":{"type":"t","code":"c","param":"p","message":"m"}}""", "HTTP 502 (t: c)\nParameter: p\n\nm")]
    public async Task Error_OfAnyShape_IsAFailureWithItsStatus(string body, string message)
    {
        var span = await CannedCall.ChatAsync(Request, body, HttpStatusCode.BadGateway);

        Assert.Equal(("502", message), (span.GetTagItem("error.type"), span.StatusDescription));
    }

    [Fact]
    public async Task Answer_ThatIsAnErrorOfGoodStatus_IsAFailure()
    {
        var span = await CannedCall.ChatAsync(Request, """{"error":{"code":"upstream_down","message":"Try later."}}""");

        Assert.Equal(("upstream_down", "Try later."), (span.GetTagItem("error.type"), span.StatusDescription));
    }

    [Theory]
    [InlineData("""{"error":{"code":502,"message":"Try later."}}""", "502", "Try later.")]
    [InlineData("""{"error":"Overloaded."}""", "error", "Overloaded.")]
    [InlineData("""{"error":{"code":" ","type":"overloaded"}}""", "overloaded", "overloaded")]
    public async Task Answer_ThatIsAnErrorOfAnotherShape_SaysWhatItSays(string body, string type, string message)
    {
        var span = await CannedCall.ChatAsync(Request, body);

        Assert.Equal((type, message), (span.GetTagItem("error.type"), span.StatusDescription));
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o","messages":[{"role":" ","content":"Hi"}]}""")]
    [InlineData("""{"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":" "}}]}]}""")]
    [InlineData("""{"model":"gpt-4o","messages":[],"tool_choice":{"type":"function","function":{"name":" "}}}""")]
    [InlineData("""{"model":"gpt-4o","messages":[],"temperature":1e400}""")]
    public async Task Request_WithBlankNamesAndHugeNumbers_IsObservedAllTheSame(string request)
    {
        var span = await CannedCall.ChatAsync(request, """{"choices":[{"finish_reason":" ","message":{"content":"Hello"}}]}""");

        Assert.Equal(("Hello", null), (span.GetTagItem("output.value"), span.GetTagItem("gen_ai.request.temperature")));
    }

    [Fact]
    public async Task Request_WithADeepSchema_IsRead()
    {
        const int Depth = 100;
        var schema = $"{string.Concat(Enumerable.Repeat("""{"items":""", Depth))}{{}}{new string('}', Depth)}";

        var span = await CannedCall.ChatAsync(
            $$$"""{"model":"gpt-4o","messages":[],"tools":[{"type":"function","function":{"name":"get","parameters":{{{schema}}}}}]}""", "{}");

        Assert.Equal("gpt-4o", span.GetTagItem("gen_ai.request.model"));

        // As text, because nobody shows JSON that deep.
        Assert.Contains(schema, ((string)span.GetTagItem("gen_ai.tool.definitions")!).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_Predicted_IsCountedByName()
    {
        var span = await CannedCall.ChatAsync(Request, """
            {"usage":{"prompt_tokens":10,"completion_tokens":6,"total_tokens":16,
              "prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":3,"audio_tokens":2},
              "completion_tokens_details":{"reasoning_tokens":1,"accepted_prediction_tokens":2,"rejected_prediction_tokens":1}}}
            """);

        Assert.Equal(
            (10L, 4L, 3L, 2L),
            (span.GetTagItem("llm.token_count.prompt"), span.GetTagItem("llm.token_count.prompt_details.cache_read"),
                span.GetTagItem("llm.token_count.prompt_details.cache_write"), span.GetTagItem("llm.token_count.prompt_details.audio")));
    }
}
