using AiObs.OpenTelemetry.Bridge.Content.Reading;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;

/// <summary>Messages without parts, and the variants of the Azure libraries.</summary>
public sealed class OlderFormTests
{
    [Theory]
    [InlineData("""{"role":"user","name":"Ada","content":"Hi"}""", """{"role":"user","name":"Ada","parts":[{"type":"text","content":"Hi"}]}""")]
    [InlineData(
        """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}""",
        """{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"f","arguments":{"a":1}}]}""")]
    [InlineData(
        """{"role":"assistant","content":"Wait.","tool_calls":[{"id":"c1","name":"f","arguments":{"a":1}},7]}""",
        """{"role":"assistant","parts":[{"type":"text","content":"Wait."},{"type":"tool_call","id":"c1","name":"f","arguments":{"a":1}}]}""")]
    [InlineData("""{"role":"tool","tool_call_id":"c1","content":"4"}""", """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"4"}]}""")]
    [InlineData("""{"role":"tool","id":"c1","content":{"t":4}}""", """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{"t":4}}]}""")]
    [InlineData("""{"role":"tool","content":"4"}""", """{"role":"tool","parts":[{"type":"tool_call_response","response":"4"}]}""")]
    [InlineData(
        """{"role":"user","content":[{"type":"text","text":"See:"},{"type":"image_url","image_url":{"url":"https://e.org/a"}}]}""",
        """{"role":"user","parts":[{"type":"text","content":"See:"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://e.org/a"}]}""")]
    [InlineData("""{"role":"user","content":{"type":"input_text","text":"Hi"}}""", """{"role":"user","parts":[{"type":"text","content":"Hi"}]}""")]
    [InlineData("""{"role":"user","content":{"a":1}}""", """{"role":"user","parts":[{"type":"text","content":"{\"a\":1}"}]}""")]
    [InlineData("\"Hi\"", """{"role":"user","parts":[{"type":"text","content":"Hi"}]}""")]
    public void Read_MessageWithoutParts_IsAMessage(string message, string expected)
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", $"[{message}]")));

        Assert.Equal($"[{expected}]", Recorded.Json(content.Input));
    }

    [Theory]
    [InlineData("""{"type":"tool_call_response","id":"c1","result":{"t":4}}""", """{"type":"tool_call_response","id":"c1","response":{"t":4}}""")]
    [InlineData(
        """{"type":"tool_call","content":{"type":"function","id":"c1","function":{"name":"f","arguments":"{\"a\":1}"}}}""",
        """{"type":"tool_call","id":"c1","name":"f","arguments":{"a":1}}""")]
    [InlineData(
        """{"type":"tool_call","content":{"type":"file_search_call","id":"s1","queries":["Oslo"]}}""",
        """{"type":"file_search_call","id":"s1","queries":["Oslo"]}""")]
    [InlineData(
        """{"type":"tool_call_output","content":{"type":"function_call_output","call_id":"c1","output":"4"}}""",
        """{"type":"tool_call_response","id":"c1","response":"4"}""")]
    [InlineData("""{"type":"tool_call_output","id":"c1","content":"4"}""", """{"type":"tool_call_response","id":"c1","response":"4"}""")]
    public void Read_PartOfAzure_IsWhatItMeans(string part, string expected)
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", $$"""[{"role":"assistant","parts":[{{part}}]}]""")));

        Assert.Equal($$"""[{"role":"assistant","parts":[{{expected}}]}]""", Recorded.Json(content.Input));
    }

    [Theory]
    [InlineData("""[{"role":"user","parts":[{"type":"text"}]}]""")]
    [InlineData("""[{"role":"user","parts":[]},{"role":"assistant","content":null}]""")]
    [InlineData("""[{"role":"assistant","parts":[{"type":"tool_call","content":{"type":"function","id":"c1"}}]}]""")]
    [InlineData("""[{"role":"assistant","parts":[{"type":"tool_call","content":{"type":"file_search_call","id":"c1"}}]}]""")]
    [InlineData("""[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1"}]}]""")]
    [InlineData("[]")]
    [InlineData("[5]")]
    public void Read_EnvelopesAlone_IsNoContent(string json)
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", json), ("gen_ai.output.messages", json)));

        Assert.Null(content.Input);
        Assert.Null(content.Output);
        Assert.Equal(0, content.MalformedCount);
    }

    [Fact]
    public void Read_CallsAndTextOfOneChoiceInTwoMessages_KeepsBoth()
    {
        const string Json = """
            [{"role":"assistant","parts":[{"type":"tool_call","content":{"type":"function","id":"c1","function":{"name":"f"}}}],"finish_reason":"completed"},
             {"role":"assistant","parts":[{"type":"text","content":"Wait."}],"finish_reason":"completed"}]
            """;

        var output = ForeignContent.Read(ForeignSpans.With(("gen_ai.output.messages", Json))).Output!;

        Assert.Equal(["tool_calls", "stop"], output.Select(ForeignContent.FinishReasonOf));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"f"}]},{"role":"assistant","parts":[{"type":"text","content":"Wait."}]}]""",
            Recorded.Json(output));
    }

    [Theory]
    [InlineData("Say hi.", """[{"role":"user","parts":[{"type":"text","content":"Say hi."}]}]""")]
    [InlineData("[INST] Say hi. [/INST]", """[{"role":"user","parts":[{"type":"text","content":"[INST] Say hi. [/INST]"}]}]""")]
    [InlineData("""[{"role":"system","content":"Hi"}]""", """[{"role":"system","parts":[{"type":"text","content":"Hi"}]}]""")]
    [InlineData("""{"messages":[{"content":"Hi"}]}""", """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""")]
    public void Read_PromptOfTheOldestForm_IsTheInput(string prompt, string expected)
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.prompt", prompt), ("gen_ai.completion", "Hi.")));

        Assert.Equal(expected, Recorded.Json(content.Input));
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"Hi."}]}]""", Recorded.Json(content.Output));
    }

    [Fact]
    public void Read_SeveralForms_TakesTheCurrentOne()
    {
        var span = ForeignSpans.With(
            ("gen_ai.prompt", "oldest"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"current"}]}]"""));
        span.AddEvent(ForeignSpans.Event("gen_ai.user.message", (ForeignSpans.EventContent, """{"content":"event"}""")));

        Assert.Equal("current", Assert.Single(ForeignContent.Read(span).Input!).Text);
    }
}
