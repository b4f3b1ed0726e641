using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class ModelContextProtocolTests
{
    private const string Source = "Experimental.ModelContextProtocol";

    [Fact]
    public void ToolCall_OfClient_IsATool()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "tools/call echo",
            ActivityKind.Client,
            new("mcp.method.name", "tools/call"),
            new("network.transport", "pipe"),
            new("mcp.protocol.version", "2025-06-18"),
            new("jsonrpc.request.id", "2"),
            new("gen_ai.tool.name", "echo"),
            new("gen_ai.operation.name", "execute_tool"));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "echo",
                ["gen_ai.tool.type"] = "function",
                ["jsonrpc.request.id"] = "2",
                ["mcp.method.name"] = "tools/call",
                ["mcp.protocol.version"] = "2025-06-18",
                ["network.transport"] = "pipe",
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "echo",
            },
            span.Attributes);
    }

    [Fact]
    public void ToolCall_WithoutOperationName_IsATool()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source, "tools/call echo", ActivityKind.Client, new("mcp.method.name", "tools/call"), new("gen_ai.tool.name", "echo"));

        Assert.Equal(
            ("TOOL", "execute_tool"), (span.Attributes["openinference.span.kind"], span.Attributes["gen_ai.operation.name"]));
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("tools/list")]
    [InlineData("prompts/get")]
    [InlineData("notifications/initialized")]
    public void OtherMethod_OfClient_IsAChain(string method)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(Source, method, ActivityKind.Client, new KeyValuePair<string, object?>("mcp.method.name", method));

        SpanAssert.Attributes(new() { ["mcp.method.name"] = method, ["openinference.span.kind"] = "CHAIN" }, span.Attributes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolCall_OfServer_IsAStepBehindTheToolOfItsCaller(bool hasOperation)
    {
        using var scene = new BridgeScene();
        var span = scene.Start(Source, "tools/call echo", ActivityKind.Server, new("mcp.method.name", "tools/call"), new("gen_ai.tool.name", "echo"));
        span.SetTag("gen_ai.operation.name", hasOperation ? "execute_tool" : null);

        span.Dispose();

        Assert.Equal("CHAIN", scene.Exporter.Only("tools/call echo").Attributes["openinference.span.kind"]);
        Assert.Empty(await scene.EventTypesAsync());
    }

    [Fact]
    public async Task ToolCall_ClientWritesOnToolSpanOfOurs_HasEachKeyOnce()
    {
        using var scene = new BridgeScene();
        using var known = scene.SourceOf(Source);
        var tool = AIFunctionFactory.Create(
            () => Activity.Current!.AddTag("mcp.method.name", "tools/call").AddTag("gen_ai.tool.name", "echo").AddTag("gen_ai.operation.name", "execute_tool").Id,
            "echo");

        await tool.Observed(scene.Root).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "echo",
                ["gen_ai.tool.type"] = "function",
                ["mcp.method.name"] = "tools/call",
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "echo",
            },
            scene.Exporter.Only("execute_tool echo").Attributes);
        Assert.Single(scene.Told.Completed);
    }
}
