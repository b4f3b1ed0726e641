using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>The Anthropic SDK with content on: the attributes of today's convention.</summary>
public sealed class AnthropicContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "anthropic",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reasons"] = (string[])["end_turn"],
        ["llm.finish_reason"] = "end_turn",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "anthropic",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "anthropic",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail a@example.com"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"reasoning","content":"Who is a@example.com?"},{"type":"text","content":"Told a@example.com"}],"finish_reason":"end_turn"}]""",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Mail a@example.com"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["llm.input_messages.0.message.contents.0.message_content.text"] = "Mail a@example.com",
        ["llm.input_messages.0.message.contents.0.message_content.type"] = "text",
        ["llm.input_messages.0.message.contents.1.message_content.image.image.url"] = "data:image/png;base64,AQID",
        ["llm.input_messages.0.message.contents.1.message_content.type"] = "image",
        ["llm.input_messages.0.message.role"] = "user",
        ["llm.output_messages.0.message.contents.0.message_content.text"] = "Who is a@example.com?",
        ["llm.output_messages.0.message.contents.0.message_content.type"] = "reasoning",
        ["llm.output_messages.0.message.contents.1.message_content.text"] = "Told a@example.com",
        ["llm.output_messages.0.message.contents.1.message_content.type"] = "text",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["output.mime_type"] = "application/json",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"reasoning","content":"Who is a@example.com?"},{"type":"text","content":"Told a@example.com"}],"finish_reason":"end_turn"}]""",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["llm.input_messages.0.message.contents.0.message_content.text"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 3L,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"reasoning","content":"Who is [EMAIL]?"},{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"end_turn"}]""",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}]}]""",
        ["llm.input_messages.0.message.contents.0.message_content.text"] = "Mail [EMAIL]",
        ["llm.output_messages.0.message.contents.0.message_content.text"] = "Who is [EMAIL]?",
        ["llm.output_messages.0.message.contents.1.message_content.text"] = "Told [EMAIL]",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"reasoning","content":"Who is [EMAIL]?"},{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"end_turn"}]""",
    };

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "com.anthropic.sdk.csharp",
        "anthropic.messages.create",
        ActivityKind.Client,
        [
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "anthropic"),
            new("gen_ai.request.model", "m"),
            new("gen_ai.response.finish_reasons", (string[])["end_turn"]),
            .. Theirs,
        ]);
}
