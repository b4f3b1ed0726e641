using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>An agent of Agent Framework: the span of a chat, renamed.</summary>
public sealed class AgentFrameworkContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["agent.name"] = "Joker",
        ["gen_ai.agent.id"] = "a1",
        ["gen_ai.agent.name"] = "Joker",
        ["gen_ai.operation.name"] = "invoke_agent",
        ["openinference.span.kind"] = "AGENT",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"stop"}]""",
        ["gen_ai.system_instructions"] = """[{"type":"text","content":"Be brief"}]""",
        ["thread_title"] = "a@example.com",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "text/plain",
        ["input.value"] = "Mail a@example.com",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["gen_ai.system_instructions"] = """[{"type":"text","content":"__REDACTED__"}]""",
        ["input.value"] = "__REDACTED__",
        ["thread_title"] = null,
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"stop"}]""",
        ["input.value"] = "Mail [EMAIL]",
        ["output.value"] = "Told [EMAIL]",
        ["thread_title"] = "[EMAIL]",
    };

    private protected override Activity Write(BridgeScene scene)
    {
        var span = scene.Start(
            "Experimental.Microsoft.Agents.AI",
            "chat",
            ActivityKind.Client,
            [new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.id", "a1"), new("gen_ai.agent.name", "Joker"), .. Theirs]);
        span.DisplayName = "invoke_agent Joker(a1)";
        span.SetCustomProperty("__EnableSensitiveData__", "true");
        return span;
    }
}
