using AiObs.OpenTelemetry.Bridge.Content.Reading;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;

/// <summary>The form of today's conventions, in which a message has parts.</summary>
public sealed class CurrentFormTests
{
    [Theory]
    [InlineData("""{"type":"text","content":"Hi"}""")]
    [InlineData("""{"type":"reasoning","content":"Let me see."}""")]
    [InlineData("""{"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Oslo","days":[1,2.50]}}""")]
    [InlineData("""{"type":"tool_call","id":"c1","name":"now"}""")]
    [InlineData("""{"type":"tool_call_response","id":"c1","response":{"t":4}}""")]
    [InlineData("""{"type":"tool_call_response","id":"c1","response":"4 degrees"}""")]
    [InlineData("""{"type":"tool_call_response","id":"c1","response":2}""")]
    [InlineData("""{"type":"server_tool_call","id":"s1","name":"code_interpreter","server_tool_call":{"type":"code_interpreter","code":"1+1"}}""")]
    [InlineData("""{"type":"server_tool_call_response","id":"s1","server_tool_call_response":{"type":"mcp","output":[{"type":"text","content":"2"}]}}""")]
    [InlineData("""{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}""")]
    [InlineData("""{"type":"blob","modality":"document","mime_type":"application/pdf","content":"AQID"}""")]
    [InlineData("""{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://example.com/a.png"}""")]
    [InlineData("""{"type":"uri","modality":"image","mime_type":"image/png","uri":"images/a.png"}""")]
    [InlineData("""{"type":"file","modality":"audio","mime_type":"audio/wav","file_id":"f1"}""")]
    [InlineData("""{"type":"compaction","id":"k1","content":"They spoke of Oslo."}""")]
    [InlineData("""{"type":"compaction"}""")]
    [InlineData("""{"type":"vector_store","vector_store_id":"v1"}""")]
    [InlineData("""{"type":"Microsoft.Extensions.AI.ErrorContent","content":{"message":"No."}}""")]
    public void Read_PartOfAnyKind_IsRecordedAsItStands(string part)
    {
        var json = $$"""[{"role":"user","parts":[{"type":"text","content":"Look:"}]},{"role":"assistant","name":"Ada","parts":[{{part}}]}]""";

        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", json)));

        Assert.Equal(json, Recorded.Json(content.Input));
        Assert.Equal(0, content.MalformedCount);
    }

    [Theory]
    [InlineData("""{"type":"blob","modality":"image","content":"AQID"}""", """{"type":"blob","modality":"image","mime_type":"image/*","content":"AQID"}""")]
    [InlineData("""{"type":"blob","modality":"image","mime_type":"text/plain","content":"AQID"}""", """{"type":"blob","modality":"image","mime_type":"image/*","content":"AQID"}""")]
    [InlineData("""{"type":"blob","modality":"image","content":"not base64"}""", """{"type":"blob","modality":"image"}""")]
    [InlineData("""{"type":"blob","modality":"image","mime_type":"image/png","content":"__REDACTED__","size":9}""", """{"type":"blob","modality":"image","mime_type":"image/png","size":9}""")]
    [InlineData("""{"type":"uri","modality":"image","uri":"data:image/png;base64,AQID"}""", """{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}""")]
    [InlineData("""{"type":"uri","modality":"video","mime_type":"no such type","uri":"https://example.com/a"}""", """{"type":"uri","modality":"video","mime_type":"video/*","uri":"https://example.com/a"}""")]
    [InlineData("""{"type":"uri","modality":"image","uri":"data:nonsense"}, "x" """, """{"type":"uri"},{"type":"text","content":"x"}""")]
    [InlineData("""{"type":"file","modality":"image","file_id":"f1"}""", """{"type":"file","modality":"image","mime_type":"image/*","file_id":"f1"}""")]
    [InlineData("""{"type":"text","content":{"a":1}}""", """{"type":"text","content":"{\"a\":1}"}""")]
    [InlineData("""{"type":"text","content":""}, {"type":"text","content":"x"}""", """{"type":"text","content":"x"}""")]
    [InlineData("""{"content":"x"}""", """{"type":"text","content":"x"}""")]
    [InlineData(""" "x" """, """{"type":"text","content":"x"}""")]
    [InlineData("""5, {"type":"text","content":"x"}""", """{"type":"text","content":"x"}""")]
    [InlineData("""{"type":"a kind of mine","x":1}""", """{"type":"unknown","x":1}""")]
    [InlineData("""{"type":"reasoning","content":["x"]}""", """{"type":"reasoning","content":["x"]}""")]
    [InlineData("""{"type":"server_tool_call","id":"s1","server_tool_call":"x"}""", """{"type":"server_tool_call","id":"s1","server_tool_call":"x"}""")]
    [InlineData("""{"type":"tool_call","id":"c1","name":"f","arguments":"{\"a\":1}"}""", """{"type":"tool_call","id":"c1","name":"f","arguments":{"a":1}}""")]
    [InlineData("""{"type":"tool_call","id":"c1","name":"f","arguments":"{\"a\""}""", """{"type":"tool_call","id":"c1","name":"f","arguments":"{\"a\""}""")]
    [InlineData("""{"type":"tool_call_response","id":"c1","response":[{"type":"uri","modality":"image","uri":"https://e.org/a"}]}""", """{"type":"tool_call_response","id":"c1","response":[{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://e.org/a"}]}""")]
    public void Read_PartWithSomethingMissingOrWrong_KeepsWhatItSays(string part, string expected)
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", $$"""[{"role":"user","parts":[{{part}}]}]""")));

        Assert.Equal($$"""[{"role":"user","parts":[{{expected}}]}]""", Recorded.Json(content.Input));
    }

    [Theory]
    [InlineData("system", "system")]
    [InlineData("developer", "developer")]
    [InlineData("User", "user")]
    [InlineData("my role", "unknown")]
    public void Read_AnyRole_IsKept(string role, string expected)
    {
        var json = $$"""[{"role":"{{role}}","parts":[{"type":"text","content":"Hi"}]}]""";

        var message = Assert.Single(ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", json))).Input!);

        Assert.Equal(expected, message.Role.Value);
    }

    [Theory]
    [InlineData("\"stop\"", "stop")]
    [InlineData("\"my_reason\"", "my_reason")]
    [InlineData("\"N/A\"", null)]
    [InlineData("\"completed\"", "stop")]
    [InlineData("null", null)]
    [InlineData("5", null)]
    public void Read_OutputMessage_TellsWhyItEnded(string reason, string? expected)
    {
        var json = $$"""[{"role":"assistant","parts":[{"type":"text","content":"Hi"}],"finish_reason":{{reason}}}]""";

        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.output.messages", json)));

        Assert.Equal(expected, content.FinishReason);
        Assert.Equal(expected, ForeignContent.FinishReasonOf(Assert.Single(content.Output!)));
    }

    [Fact]
    public void Read_MessageWithoutRole_IsOfTheSideItStandsOn()
    {
        const string Json = """[{"parts":[{"type":"text","content":"Hi"}]}]""";

        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", Json), ("gen_ai.output.messages", Json)));

        Assert.Equal("user", content.Input![0].Role.Value);
        Assert.Equal("assistant", content.Output![0].Role.Value);
    }

    [Theory]
    [InlineData("""[{"type":"text","content":"Be brief."},{"type":"blob"},{"type":"text","content":"Be kind."}]""", "Be brief.\nBe kind.")]
    [InlineData("Be brief.", "Be brief.")]
    [InlineData("[INST] Be brief.", "[INST] Be brief.")]
    [InlineData("[]", null)]
    public void Read_Instructions_AreOneText(string value, string? expected) =>
        Assert.Equal(expected, ForeignContent.Read(ForeignSpans.With(("gen_ai.system_instructions", value))).Instructions);

    [Theory]
    [InlineData("""[{"type":"function","name":"f","description":"d","parameters":{"type":"object"}}]""", "function", "d", """{"type":"object"}""")]
    [InlineData("""[{"type":"function","function":{"name":"f","parameters":{}}}]""", "function", null, "{}")]
    [InlineData("""[{"type":"web_search","name":"f"}]""", "web_search", null, null)]
    [InlineData("""[5,{"type":"function"},{"name":"f","inputSchema":true}]""", "function", null, "true")]
    public void Read_ToolDefinitions_AreTools(string json, string type, string? description, string? schema)
    {
        var tool = Assert.Single(ForeignContent.Read(ForeignSpans.With(("gen_ai.tool.definitions", json))).Tools!);

        Assert.Equal((type, "f", description, schema), (tool.Type, tool.Name, tool.Description, tool.ParametersJson));
    }
}
