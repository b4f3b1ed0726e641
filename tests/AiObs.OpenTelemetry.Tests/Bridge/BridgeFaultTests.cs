using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge;

[Collection(KnownSources.Name)]
public sealed class BridgeFaultTests
{
    private const string Source = "Microsoft.SemanticKernel.Diagnostics";
    private static readonly KeyValuePair<string, object?> IsChat = new("gen_ai.operation.name", "chat");

    [Fact]
    public void Stopped_ObserverThrows_IsCountedAndTheSpanIsExported()
    {
        using var scene = new BridgeScene(root => root.AddObserver(new ThrowingObserver()));
        using var metrics = new MetricCollector(scene.OwnName);

        var span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat);

        Assert.Equal("LLM", span.Attributes["openinference.span.kind"]);
        Assert.Equal(["observer", "observer"], metrics.Of("aiobs.faults").Select(fault => fault.Tags["aiobs.part"]));
    }

    [Fact]
    public void Stopped_ConventionThrows_IsCountedAndTheSpanIsExported()
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.AddConvention(new ThrowingConvention())));
        using var metrics = new MetricCollector(scene.OwnName);

        var span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat);

        Assert.Equal("LLM", span.Attributes["openinference.span.kind"]);
        Assert.All(metrics.Of("aiobs.faults"), fault => Assert.Equal("convention", fault.Tags["aiobs.part"]));
        Assert.NotEmpty(metrics.Of("aiobs.faults"));
    }

    [Fact]
    public void Stopped_EnricherOfTheApplication_RunsOnceOnBridgedSpans()
    {
        using var scene = new BridgeScene(root => root.Configure(
            options => options.Enrich = (span, operation) => span.AddTag("enriched", operation.Kind.ToString())));

        var span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat);

        Assert.Equal("Chat", span.Attributes["enriched"]);
    }

    private sealed class ThrowingObserver : IOperationObserver
    {
        public void Started(AgentOperation operation) => throw new InvalidOperationException("started");

        public void Completed(AgentOperation operation) => throw new InvalidOperationException("completed");
    }

    private sealed class ThrowingConvention : ISpanConvention
    {
        public void Start(AgentOperation operation, ref TagList tags) => throw new InvalidOperationException("start");

        public void WriteResult(Activity activity, AgentOperation operation) => throw new InvalidOperationException("result");

        public void WriteContent(Activity activity, AgentOperation operation) => throw new InvalidOperationException("content");
    }
}
