using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>A function of Semantic Kernel. Arguments and results are no text of messages: hiding that leaves them.</summary>
public sealed class SemanticKernelToolContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "execute_tool",
        ["gen_ai.tool.description"] = "Mails",
        ["gen_ai.tool.name"] = "mail",
        ["gen_ai.tool.type"] = "function",
        ["openinference.span.kind"] = "TOOL",
        ["tool.description"] = "Mails",
        ["tool.name"] = "mail",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.tool.call.arguments"] = """{ "to": "a@example.com" }""",
        ["gen_ai.tool.call.result"] = "Sent to a@example.com",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "application/json",
        ["input.value"] = """{"to":"a@example.com"}""",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Sent to a@example.com",
        ["tool.parameters"] = """{"to":"a@example.com"}""",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.tool.call.arguments"] = """{"to":"a@example.com"}""",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["gen_ai.tool.call.arguments"] = """{"to":"[EMAIL]"}""",
        ["gen_ai.tool.call.result"] = "Sent to [EMAIL]",
        ["input.value"] = """{"to":"[EMAIL]"}""",
        ["output.value"] = "Sent to [EMAIL]",
        ["tool.parameters"] = """{"to":"[EMAIL]"}""",
    };

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "Microsoft.SemanticKernel",
        "execute_tool mail",
        ActivityKind.Internal,
        [
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.name", "mail"),
            new("gen_ai.tool.description", "Mails"),
            .. Theirs,
        ]);
}
