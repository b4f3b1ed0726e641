using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>Azure.AI.Inference: messages in activity events, without roles.</summary>
public sealed class AzureInferenceContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["az.namespace"] = "Microsoft.CognitiveServices",
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "azure.ai.inference",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reasons"] = (string[])["stop"],
        ["gen_ai.system"] = "az.ai.inference",
        ["llm.finish_reason"] = "stop",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "azure",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "azure",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => [];

    protected override Dictionary<string, object?> Ours => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"stop"}]""",
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to a@example.com"}]}]""",
        ["llm.input_messages.0.message.content"] = "Be brief",
        ["llm.input_messages.0.message.role"] = "system",
        ["llm.input_messages.1.message.role"] = "assistant",
        ["llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"a@example.com"}""",
        ["llm.input_messages.1.message.tool_calls.0.tool_call.function.name"] = "mail",
        ["llm.input_messages.1.message.tool_calls.0.tool_call.id"] = "c1",
        ["llm.input_messages.2.message.content"] = "Sent to a@example.com",
        ["llm.input_messages.2.message.role"] = "tool",
        ["llm.input_messages.2.message.tool_call_id"] = "c1",
        ["llm.output_messages.0.message.content"] = "Told a@example.com",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"system","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"__REDACTED__"}]}]""",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"__REDACTED__"}]}]""",
        ["llm.input_messages.0.message.content"] = "__REDACTED__",
        ["llm.input_messages.2.message.content"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 3L,
        ["gen_ai.input.messages"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"stop"}]""",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to [EMAIL]"}]}]""",
        ["llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"[EMAIL]"}""",
        ["llm.input_messages.2.message.content"] = "Sent to [EMAIL]",
        ["llm.output_messages.0.message.content"] = "Told [EMAIL]",
        ["output.value"] = "Told [EMAIL]",
    };

    protected override (string[] Plain, string[] Hidden, string[] Redacted) Bodies =>
    (
        [
            """gen_ai.system.message {"content":"Be brief"}""",
            """gen_ai.assistant.message {"content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"a@example.com\"}"}}]}""",
            """gen_ai.tool.message {"content":"Sent to a@example.com","id":"c1"}""",
            """gen_ai.choice {"message":{"content":"Told a@example.com"},"finish_reason":"stop","index":0}""",
        ],
        [
            """gen_ai.system.message {"content":"__REDACTED__"}""",
            """gen_ai.assistant.message {"content":"__REDACTED__","tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"a@example.com\"}"}}]}""",
            """gen_ai.tool.message {"content":"__REDACTED__","id":"c1"}""",
            """gen_ai.choice {"message":{"content":"Told a@example.com"},"finish_reason":"stop","index":0}""",
        ],
        [
            """gen_ai.system.message {"content":"Be brief"}""",
            """gen_ai.assistant.message {"content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"mail","arguments":"{\"to\":\"[EMAIL]\"}"}}]}""",
            """gen_ai.tool.message {"content":"Sent to [EMAIL]","id":"c1"}""",
            """gen_ai.choice {"message":{"content":"Told [EMAIL]"},"finish_reason":"stop","index":0}""",
        ]
    );

    private protected override Activity Write(BridgeScene scene) => WithBodies(scene.Start(
        "Azure.AI.Inference.ChatCompletionsClient",
        "chat m",
        ActivityKind.Client,
        new("gen_ai.operation.name", "chat"),
        new("gen_ai.system", "az.ai.inference"),
        new("az.namespace", "Microsoft.CognitiveServices"),
        new("gen_ai.request.model", "m"),
        new("gen_ai.response.finish_reasons", (string[])["stop"])));
}
