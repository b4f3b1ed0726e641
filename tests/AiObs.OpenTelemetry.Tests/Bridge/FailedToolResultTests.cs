using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Function loops of others write <c>null</c> as the result of a tool that failed; a tool that answered so keeps it.</summary>
public sealed class FailedToolResultTests
{
    private const string Source = "Experimental.Microsoft.Extensions.AI";

    [Theory]
    [InlineData("System.InvalidOperationException", "null", null)]
    [InlineData("System.InvalidOperationException", "half of it", "half of it")]
    [InlineData(null, "null", "null")]
    public void Stopped_ToolOfAFunctionLoop_HasNoResultWhereItFailedWithoutOne(string? error, string result, string? expected)
    {
        using var scene = new BridgeScene(root => root.Configure(static options => options.CaptureContent = ContentCapture.Spans));

        var span = scene.Emit(
            Source,
            "execute_tool fail",
            ActivityKind.Internal,
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.name", "fail"),
            new("error.type", error),
            new("gen_ai.tool.call.result", result));

        Assert.Equal(expected, span.Attributes.GetValueOrDefault("gen_ai.tool.call.result"));
    }

    [Fact]
    public void Stopped_ToolThatFailedByItsStatusAlone_HasNoResult()
    {
        using var scene = new BridgeScene(root => root.Configure(static options => options.CaptureContent = ContentCapture.Spans));

        using (var running = scene.Start(
            Source, "execute_tool fail", ActivityKind.Internal, new("gen_ai.operation.name", "execute_tool"), new("gen_ai.tool.call.result", "null")))
        {
            running.SetStatus(ActivityStatusCode.Error);
        }

        Assert.False(scene.Exporter.Spans[^1].Attributes.ContainsKey("gen_ai.tool.call.result"));
    }
}
