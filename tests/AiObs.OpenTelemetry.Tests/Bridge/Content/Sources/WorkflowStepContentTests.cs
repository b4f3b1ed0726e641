using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>A step of an Agent Framework workflow, which is given messages or anything else.</summary>
public sealed class WorkflowStepContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["executor.id"] = "Writer",
        ["graph.node.id"] = "Writer",
        ["openinference.span.kind"] = "CHAIN",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["executor.input"] = """[ { "text": "Mail a@example.com" } ]""",
        ["executor.output"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"text":"Mail a@example.com"}]""",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["executor.input"] = "__REDACTED__",
        ["input.mime_type"] = null,
        ["input.value"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["executor.input"] = """[{"text":"Mail [EMAIL]"}]""",
        ["executor.output"] = "Told [EMAIL]",
        ["input.value"] = """[{"text":"Mail [EMAIL]"}]""",
        ["output.value"] = "Told [EMAIL]",
    };

    private protected override Activity Write(BridgeScene scene) => scene.Start(
        "Microsoft.Agents.AI.Workflows", "executor.process Writer", ActivityKind.Internal, [new("executor.id", "Writer"), .. Theirs]);
}
