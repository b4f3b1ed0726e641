using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Drives the real SDK, with client and server in one process.</summary>
[Collection(KnownSources.Name)]
public sealed class ModelContextProtocolSdkTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ToolCall_OfClient_IsOneToolSpanWithWhatTheSdkKnows()
    {
        using var scene = new BridgeScene();

        await CallAsync(scene, "echo");

        SpanAssert.Attributes(
            new(SdkAttributes)
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "echo",
                ["gen_ai.tool.type"] = "function",
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "echo",
            },
            ToolSpan(scene).Attributes);
        Assert.Equal(["tool_called"], await scene.EventTypesAsync());
    }

    [Fact]
    public async Task ToolCall_ServedInTheSameProcess_IsAStepOnTheServersSide()
    {
        using var scene = new BridgeScene();

        await CallAsync(scene, "echo");

        var served = Assert.Single(scene.Exporter.Spans, span => span.Name == "tools/call echo" && span.Span != ToolSpan(scene).Span);
        Assert.Equal((ToolSpan(scene).Trace, "CHAIN"), (served.Trace, served.Attributes["openinference.span.kind"]));
    }

    [Fact]
    public async Task ToolCall_ServersToolFails_IsAFailedTool()
    {
        using var scene = new BridgeScene();

        await CallAsync(scene, "fail");

        SpanAssert.Attributes(
            new(SdkAttributes)
            {
                ["error.type"] = "tool_error",
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "fail",
                ["gen_ai.tool.type"] = "function",
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "fail",
            },
            ToolSpan(scene).Attributes);
        Assert.Equal("tool_error", Assert.Single(scene.Told.Completed.OfType<ToolOperation>()).Error?.Type);
        Assert.Equal(["tool_called"], await scene.EventTypesAsync());
    }

    [Fact]
    public async Task ToolCall_ObservedFunction_IsOneToolSpanOfOursWithWhatTheSdkKnows()
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.CaptureContent = ContentCapture.Spans));

        await CallAsync(scene, "echo", tool => tool.Observed(scene.Root));

        var span = ToolSpan(scene);
        Assert.Equal((scene.OwnName, "execute_tool echo"), (span.Source, span.Name));
        SpanAssert.Attributes(
            new(SdkAttributes)
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.call.arguments"] = """{"text":"hello"}""",
                ["gen_ai.tool.call.result"] = "hello",
                ["gen_ai.tool.description"] = "Says it again.",
                ["gen_ai.tool.name"] = "echo",
                ["gen_ai.tool.type"] = "function",
                ["input.mime_type"] = "application/json",
                ["input.value"] = """{"text":"hello"}""",
                ["openinference.span.kind"] = "TOOL",
                ["output.mime_type"] = "text/plain",
                ["output.value"] = "hello",
                ["tool.description"] = "Says it again.",
                ["tool.name"] = "echo",
                ["tool.parameters"] = """{"text":"hello"}""",
            },
            span.Attributes);
        Assert.Equal(["tool_called"], await scene.EventTypesAsync());
    }

    [Fact]
    public async Task ToolCall_ObservedFunctionFails_IsAFailureWithoutTheServersWords()
    {
        using var scene = new BridgeScene();

        await CallAsync(scene, "fail", tool => tool.Observed(scene.Root));

        var span = ToolSpan(scene);
        Assert.Equal((scene.OwnName, "tool_error", "tool_error"), (span.Source, span.Attributes["error.type"], span.StatusDescription));
        Assert.Equal(OperationOutcome.Failed, Assert.Single(scene.Told.Completed.OfType<ToolOperation>()).Outcome);
        Assert.Equal(["tool_called"], await scene.EventTypesAsync());
    }

    /// <summary>Gets what the SDK writes on the span of any call over a pipe.</summary>
    private static Dictionary<string, object?> SdkAttributes => new()
    {
        ["jsonrpc.request.id"] = AnyValue.Of<string>(),
        ["mcp.method.name"] = "tools/call",
        ["mcp.protocol.version"] = AnyValue.Of<string>(),
        ["mcp.session.id"] = AnyValue.Of<string>(),
        ["network.transport"] = "pipe",
    };

    private static ExportedSpan ToolSpan(BridgeScene scene) =>
        Assert.Single(scene.Exporter.Spans, span => span.Attributes["openinference.span.kind"] is "TOOL");

    private static async Task CallAsync(BridgeScene scene, string name, Func<AIFunction, AIFunction>? observe = null)
    {
        await using (var mcp = await McpConnection.OpenAsync(TestToken))
        {
            AIFunction tool = await mcp.ToolAsync(name, TestToken);
            await (observe?.Invoke(tool) ?? tool).InvokeAsync(new() { ["text"] = "hello" }, TestToken);
        }

        scene.Flush();
    }
}
