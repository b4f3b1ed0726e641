using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>What one step of an Agent Framework workflow sends to another.</summary>
public sealed class WorkflowMessageContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["message.source_id"] = "Writer",
        ["message.type"] = "System.String",
        ["openinference.span.kind"] = "CHAIN",
    };

    protected override Dictionary<string, object?> Theirs => new() { ["message.content"] = "Mail a@example.com" };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "text/plain",
        ["input.value"] = "Mail a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["input.mime_type"] = null,
        ["input.value"] = "__REDACTED__",
        ["message.content"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 1L,
        ["input.value"] = "Mail [EMAIL]",
        ["message.content"] = "Mail [EMAIL]",
    };

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "Microsoft.Agents.AI.Workflows",
        "message.send",
        ActivityKind.Producer,
        [new("message.type", "System.String"), new("message.source_id", "Writer"), .. Theirs]);
}
