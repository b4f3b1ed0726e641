using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>Azure.AI.Extensions.OpenAI: the parts of today's convention under names of its own.</summary>
public sealed class AzureResponsesContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "microsoft.foundry",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reasons"] = (string[])["completed"],
        ["llm.finish_reason"] = "completed",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "microsoft.foundry",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "microsoft.foundry",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","result":"a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"tool_call","content":{"type":"file_search_call","id":"s1","queries":["a@example.com"]}}],"finish_reason":"completed"},{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"completed"}]""",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","response":"a@example.com"}]}]""",
        ["llm.input_messages.0.message.content"] = "a@example.com",
        ["llm.input_messages.0.message.role"] = "tool",
        ["llm.input_messages.0.message.tool_call_id"] = "c0",
        ["llm.output_messages.0.message.contents.0.message_content.text"] = """{"type":"file_search_call","id":"s1","queries":["a@example.com"]}""",
        ["llm.output_messages.0.message.contents.0.message_content.type"] = "file_search_call",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["llm.output_messages.1.message.content"] = "Told a@example.com",
        ["llm.output_messages.1.message.role"] = "assistant",
        ["output.mime_type"] = "application/json",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"file_search_call","id":"s1","queries":["a@example.com"]}],"finish_reason":"unknown"},{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"completed"}]""",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","response":"__REDACTED__"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"file_search_call","id":"s1","queries":["a@example.com"]}],"finish_reason":"stop"},{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"stop"}]""",
        ["input.value"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","response":"__REDACTED__"}]}]""",
        ["llm.input_messages.0.message.content"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 3L,
        ["gen_ai.input.messages"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","response":"[EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"file_search_call","id":"s1","queries":["[EMAIL]"]}],"finish_reason":"stop"},{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"stop"}]""",
        ["input.value"] = """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c0","response":"[EMAIL]"}]}]""",
        ["llm.input_messages.0.message.content"] = "[EMAIL]",
        ["llm.output_messages.0.message.contents.0.message_content.text"] = """{"type":"file_search_call","id":"s1","queries":["[EMAIL]"]}""",
        ["llm.output_messages.1.message.content"] = "Told [EMAIL]",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"file_search_call","id":"s1","queries":["[EMAIL]"]}],"finish_reason":"unknown"},{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"completed"}]""",
    };

    [Theory]
    [InlineData("""[{"role":"user","parts":[{"type":"text"}]}]""")]
    [InlineData("""[{"role":"assistant","parts":[{"type":"tool_call","content":{"type":"function","id":"c1"}}]}]""")]
    public void Stop_EnvelopesAlone_AddsNoContent(string envelopes)
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.CaptureContent = ContentCapture.Spans));

        var span = scene.Emit(
            "Azure.AI.Projects.ProjectResponsesClient",
            "chat m",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.input.messages", envelopes),
            new("gen_ai.output.messages", envelopes));

        Assert.Equal(
            ["gen_ai.input.messages", "gen_ai.operation.name", "gen_ai.output.messages", "openinference.span.kind"],
            span.Attributes.Keys.Order(StringComparer.Ordinal));
    }

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "Azure.AI.Projects.ProjectResponsesClient",
        "chat m",
        ActivityKind.Client,
        [
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "microsoft.foundry"),
            new("gen_ai.request.model", "m"),
            new("gen_ai.response.finish_reasons", (string[])["completed"]),
            .. Theirs,
        ]);
}
