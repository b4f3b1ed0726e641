using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>A native connector of Semantic Kernel: messages in activity events.</summary>
public sealed class SemanticKernelChatContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "openai",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reason"] = """["tool_calls"]""",
        ["gen_ai.response.finish_reasons"] = (string[])["tool_calls"],
        ["gen_ai.system"] = "openai",
        ["llm.finish_reason"] = "tool_calls",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "openai",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "openai",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => [];

    protected override Dictionary<string, object?> Ours => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"developer","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"Mail a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}],"finish_reason":"tool_call"}]""",
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"developer","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"Mail a@example.com"}]}]""",
        ["llm.input_messages.0.message.content"] = "Be brief",
        ["llm.input_messages.0.message.role"] = "developer",
        ["llm.input_messages.1.message.content"] = "Mail a@example.com",
        ["llm.input_messages.1.message.name"] = "Ada",
        ["llm.input_messages.1.message.role"] = "user",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"a@example.com"}""",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.function.name"] = "mail",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.id"] = "c1",
        ["output.mime_type"] = "application/json",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}],"finish_reason":"tool_call"}]""",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"developer","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["input.value"] = """[{"role":"developer","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["llm.input_messages.0.message.content"] = "__REDACTED__",
        ["llm.input_messages.1.message.content"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["gen_ai.input.messages"] = """[{"role":"developer","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"Mail [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}],"finish_reason":"tool_call"}]""",
        ["input.value"] = """[{"role":"developer","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"Mail [EMAIL]"}]}]""",
        ["llm.input_messages.1.message.content"] = "Mail [EMAIL]",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"[EMAIL]"}""",
        ["output.value"] = """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}],"finish_reason":"tool_call"}]""",
    };

    protected override (string[] Plain, string[] Hidden, string[] Redacted) Bodies =>
    (
        [
            """gen_ai.tool.developer {"role":"developer","name":null,"content":"Be brief","tool_calls":[]}""",
            """gen_ai.user.message {"role":"user","name":"Ada","content":"Mail a@example.com","tool_calls":[]}""",
            """gen_ai.choice {"index":0,"message":{"role":"assistant","name":null,"content":null},"tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"a@example.com\"}"}}],"finish_reason":"tool_calls"}""",
        ],
        [
            """gen_ai.tool.developer {"role":"developer","name":null,"content":"__REDACTED__","tool_calls":[]}""",
            """gen_ai.user.message {"role":"user","name":"Ada","content":"__REDACTED__","tool_calls":[]}""",
            """gen_ai.choice {"index":0,"message":{"role":"assistant","name":null,"content":null},"tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"a@example.com\"}"}}],"finish_reason":"tool_calls"}""",
        ],
        [
            """gen_ai.tool.developer {"role":"developer","name":null,"content":"Be brief","tool_calls":[]}""",
            """gen_ai.user.message {"role":"user","name":"Ada","content":"Mail [EMAIL]","tool_calls":[]}""",
            """gen_ai.choice {"index":0,"message":{"role":"assistant","name":null,"content":null},"tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"[EMAIL]\"}"}}],"finish_reason":"tool_calls"}""",
        ]
    );

    private protected override Activity Write(BridgeScene scene) => WithBodies(scene.Start(
        "Microsoft.SemanticKernel.Diagnostics",
        "chat m",
        ActivityKind.Client,
        new("gen_ai.operation.name", "chat"),
        new("gen_ai.system", "openai"),
        new("gen_ai.request.model", "m"),
        new("gen_ai.response.finish_reason", """["tool_calls"]""")));
}
