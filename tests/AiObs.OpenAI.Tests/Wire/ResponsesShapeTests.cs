namespace AiObs.OpenAI.Tests.Wire;

/// <summary>Items of responses that the fake server does not make.</summary>
public sealed class ResponsesShapeTests
{
    private const string Request = """{"model":"gpt-5","input":"Hi"}""";

    [Fact]
    public async Task Output_ToolsOfTheService_AreParts()
    {
        var span = await CannedCall.RespondAsync(Request, """
            {"id":"resp_1","status":"completed","output":[
              {"type":"web_search_call","id":"ws","action":{"type":"search","query":"snow"}},
              {"type":"code_interpreter_call","id":"ci","code":"1+1","outputs":[{"type":"logs","logs":"2"}]},
              {"type":"mcp_call","id":"mc","name":"look","server_label":"maps","arguments":"{\"q\":1}","output":"there"},
              {"type":"image_generation_call","id":"ig","result":"AQI="},
              {"type":"mcp_approval_request","id":"ap","name":"buy","server_label":"shop","arguments":"{}"},
              {"type":"unheard_of","id":"uo"},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Done."},{"type":"refusal","refusal":"No."}]}]}
            """);

        var output = (string)span.GetTagItem("gen_ai.output.messages")!;
        Assert.All(
            [
                """{"type":"server_tool_call","id":"ws","name":"web_search","server_tool_call":{"type":"web_search","queries":["snow"]}}""",
                """{"type":"server_tool_call","id":"ci","name":"code_interpreter","server_tool_call":{"type":"code_interpreter","code":"1+1"}}""",
                "\"id\":\"mc\",\"name\":\"look\"", "\"server_name\":\"maps\"", "there", "\"id\":\"ig\"", "\"id\":\"ap\",\"name\":\"buy\"",
                """{"type":"text","content":"Done."}""",
            ],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.DoesNotContain("unheard_of", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_FilesAndCallsOfSeveralKinds_AreParts()
    {
        var span = await CannedCall.RespondAsync("""
            {"model":"gpt-5","input":[
              {"role":"user","content":[{"type":"input_text","text":"See"},{"type":"input_image","image_url":"https://example.com/a.png"},
                {"type":"input_image","file_id":"file-1"},{"type":"input_file","file_data":"data:application/pdf;base64,AQI="},
                {"type":"input_audio","input_audio":{"data":"AQI=","format":"wav"}}]},
              {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},
              {"type":"custom_tool_call","call_id":"c1","name":"run","input":"ls"},
              {"type":"custom_tool_call_output","call_id":"c1","output":[{"type":"input_text","text":"files"}]}]}
            """, "{}");

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"See"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://example.com/a.png"},{"type":"file","modality":"document","file_id":"file-1"},{"type":"blob","modality":"document","mime_type":"application/pdf","content":"AQI="},{"type":"blob","modality":"audio","mime_type":"audio/wav","content":"AQI="}]},{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"tool_call","id":"c1","name":"run","arguments":{"input":"ls"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":[{"type":"text","content":"files"}]}]}]""",
            span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Prompt_KeptByTheService_IsNamedWithItsVariables()
    {
        var span = await CannedCall.RespondAsync(
            """{"model":"gpt-5","input":"Hi","prompt":{"id":"pmpt_1","version":"2","variables":{"who":"Ann","photo":{"type":"input_image","file_id":"file-1"}}}}""", "{}");

        Assert.Equal(
            ("pmpt_1", "2", "Ann", """{"type":"input_image","file_id":"file-1"}"""),
            (span.GetTagItem("gen_ai.prompt.name"), span.GetTagItem("gen_ai.prompt.version"), span.GetTagItem("gen_ai.prompt.variable.who"),
                span.GetTagItem("gen_ai.prompt.variable.photo")));
    }

    [Theory]
    [InlineData("""{"model":"gpt-5","input":"Hi","prompt":{"version":"2"}}""")]
    [InlineData("""{"model":"gpt-5","input":"Hi","prompt":"pmpt_1"}""")]
    [InlineData("""{"model":"gpt-5","input":"Hi","prompt":{"id":7,"variables":[1]}}""")]
    public async Task Prompt_WithoutAnId_IsNone(string request)
    {
        var span = await CannedCall.RespondAsync(request, "{}");

        Assert.DoesNotContain(span.TagObjects, static tag => tag.Key.StartsWith("gen_ai.prompt.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compaction_InInputAndOutput_IsAPartAndSaidOfTheConversation()
    {
        var span = await CannedCall.RespondAsync(
            """{"model":"gpt-5","input":[{"type":"compaction","id":"cmp_1","encrypted_content":"gAAA"},{"role":"user","content":"Hi"}]}""",
            """{"id":"resp_1","status":"completed","output":[{"type":"compaction","id":"cmp_2","encrypted_content":"gBBB"}]}""");

        Assert.Equal(true, span.GetTagItem("gen_ai.conversation.compacted"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"compaction","id":"cmp_1"}]},{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
            span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"compaction","id":"cmp_2"}],"finish_reason":"stop"}]""", span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Compaction_InTheOutputAlone_SaysNothingOfWhatWasAsked() => Assert.Null(
        (await CannedCall.RespondAsync(Request, """{"id":"resp_1","status":"completed","output":[{"type":"compaction","id":"cmp_2"}]}"""))
            .GetTagItem("gen_ai.conversation.compacted"));

    [Fact]
    public async Task Tools_OfEveryKind_AreDefinitions()
    {
        var span = await CannedCall.RespondAsync("""
            {"model":"gpt-5","input":"Hi","tools":[{"type":"custom","name":"run","description":"Runs."},{"type":"code_interpreter","container":{}},
              {"type":"file_search"},{"type":"mcp","server_label":"maps","server_url":"https://example.com/mcp"},{"type":"computer_use_preview"},{}]}
            """, "{}");

        var tools = (string)span.GetTagItem("gen_ai.tool.definitions")!;
        Assert.All(
            ["\"name\":\"run\"", "code_interpreter", "file_search", "mcp", "computer_use_preview"],
            name => Assert.Contains(name, tools, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_Failed_IsAFailureAlthoughTheStatusIsGood()
    {
        var span = await CannedCall.RespondAsync(Request, """
            {"id":"resp_1","status":"failed","error":{"code":"server_error","message":"Lost."},"output":[],"usage":{"input_tokens":5,"output_tokens":0}}
            """);

        Assert.Equal(("server_error", "Lost.", 5L), (span.GetTagItem("error.type"), span.StatusDescription, span.GetTagItem("gen_ai.usage.input_tokens")));
    }

    [Theory]
    [InlineData("""{"model":"gpt-5","input":[{"type":"mcp_call","name":"look"},{"role":" ","content":"Hi"}]}""")]
    [InlineData("""{"model":"gpt-5","input":[{"type":"mcp_approval_request"}],"tools":[{"type":"mcp","server_label":"","server_url":" "}]}""")]
    public async Task Request_WithNamesMissing_IsObservedAllTheSame(string request)
    {
        var span = await CannedCall.RespondAsync(request, """
            {"status":"incomplete","incomplete_details":{"reason":" "},
             "output":[{"type":"mcp_call","id":" ","output":"there"},{"type":"message","content":[{"type":"output_text","text":"Done."}]}]}
            """);

        Assert.Contains("Done.", (string)span.GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
        Assert.Equal("incomplete", span.GetTagItem("llm.finish_reason"));
    }

    [Fact]
    public async Task Answer_StillRunning_HasNoFinishReason()
    {
        var span = await CannedCall.RespondAsync("""{"model":"gpt-5","input":"Hi","background":true}""", """{"id":"resp_1","status":"queued"}""");

        Assert.Equal(("resp_1", null), (span.GetTagItem("gen_ai.response.id"), span.GetTagItem("gen_ai.response.finish_reasons")));
    }
}
