using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>An agent of Semantic Kernel: attributes of today with messages of yesterday.</summary>
public sealed class SemanticKernelAgentContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["agent.name"] = "Writer",
        ["gen_ai.agent.description"] = "Writes",
        ["gen_ai.agent.name"] = "Writer",
        ["gen_ai.operation.name"] = "invoke_agent",
        ["openinference.span.kind"] = "AGENT",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","name":null,"content":"Mail a@example.com","tool_calls":[]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","name":"Writer","content":"Told a@example.com","tool_calls":[{"id":"c1","function":{"name":"mail","arguments":"{\"to\":\"a@example.com\"}"}}]}]""",
        ["gen_ai.tool.definitions"] = """[{"type":"function","name":"mail","description":"Mails like a@example.com"}]""",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","name":"Writer","parts":[{"type":"text","content":"Told a@example.com"},{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}],"finish_reason":"unknown"}]""",
        ["input.mime_type"] = "text/plain",
        ["input.value"] = "Mail a@example.com",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","name":"Writer","parts":[{"type":"text","content":"Told a@example.com"},{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}],"finish_reason":"unknown"}]""",
        ["input.value"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","name":"Writer","parts":[{"type":"text","content":"Told [EMAIL]"},{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}],"finish_reason":"unknown"}]""",
        ["gen_ai.tool.definitions"] = """[{"type":"function","name":"mail","description":"Mails like [EMAIL]"}]""",
        ["input.value"] = "Mail [EMAIL]",
        ["output.value"] = "Told [EMAIL]",
    };

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "Microsoft.SemanticKernel.Diagnostics",
        "invoke_agent Writer",
        ActivityKind.Internal,
        [
            new("gen_ai.operation.name", "invoke_agent"),
            new("gen_ai.agent.name", "Writer"),
            new("gen_ai.agent.description", "Writes"),
            .. Theirs,
        ]);
}
