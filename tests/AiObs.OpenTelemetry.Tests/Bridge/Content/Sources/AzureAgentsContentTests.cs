using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>Azure.AI.Agents.Persistent: messages in events of spans that are steps, and the messages of its exceptions.</summary>
public sealed class AzureAgentsContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["error.type"] = "RequestFailedException",
        ["gen_ai.operation.name"] = "create_message",
        ["gen_ai.conversation.id"] = "t1",
        ["gen_ai.system"] = "az.ai.agents",
        ["gen_ai.thread.id"] = "t1",
        ["openinference.span.kind"] = "CHAIN",
        ["session.id"] = "t1",
    };

    protected override Dictionary<string, object?> Theirs => new() { ["error.message"] = "No mail to a@example.com" };

    protected override Dictionary<string, object?> Ours => new() { ["input.mime_type"] = "text/plain", ["input.value"] = "Mail a@example.com" };

    protected override Dictionary<string, object?> Hidden => new() { ["error.message"] = null, ["input.value"] = "__REDACTED__" };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 1L,
        ["error.message"] = "No mail to [EMAIL]",
        ["input.value"] = "Mail [EMAIL]",
    };

    protected override (string[] Plain, string[] Hidden, string[] Redacted) Bodies =>
    (
        ["""gen_ai.user.message {"content":"Mail a@example.com","role":"user"}"""],
        ["""gen_ai.user.message {"content":"__REDACTED__","role":"user"}"""],
        ["""gen_ai.user.message {"content":"Mail [EMAIL]","role":"user"}"""]
    );

    private protected override Activity Write(BridgeScene scene) => WithBodies(scene.Start(
        "Azure.AI.Agents.Persistent.PersistentAgentsClient",
        "create_message",
        ActivityKind.Client,
        [
            new("gen_ai.operation.name", "create_message"),
            new("gen_ai.system", "az.ai.agents"),
            new("gen_ai.thread.id", "t1"),
            new("error.type", "RequestFailedException"),
            .. Theirs,
        ]));
}
