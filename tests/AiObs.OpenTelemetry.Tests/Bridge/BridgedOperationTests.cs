using System.Diagnostics;
using AiObs.Cost;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>What everybody beside the exporter hears of a bridged span.</summary>
[Collection(KnownSources.Name)]
public sealed class BridgedOperationTests
{
    private const string Source = "Microsoft.SemanticKernel.Diagnostics";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static KeyValuePair<string, object?>[] PricedChat =>
    [
        new("gen_ai.operation.name", "chat"),
        new("gen_ai.system", "openai"),
        new("gen_ai.request.model", "gpt-4o"),
        new("gen_ai.usage.input_tokens", 1_000),
        new("gen_ai.usage.output_tokens", 100),
    ];

    [Fact]
    public async Task Chat_RootWithCosts_IsPricedWithAReceiptAndRecorded()
    {
        using var scene = new BridgeScene(root => root.AddCostTracking());

        var span = scene.Emit(Source, "chat gpt-4o", ActivityKind.Client, PricedChat);

        var record = Assert.Single((await scene.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), (record.Total, record.Completeness, record.Source));
        Assert.Equal((2, span.Trace.ToHexString()), (record.Receipt.Lines.Count, record.TraceId));
        Assert.Equal(
            (0.0035, 0.0035, 0.0025, 0.001, "table", "exact"),
            (span.Attributes["aiobs.cost.total"], span.Attributes["llm.cost.total"], span.Attributes["llm.cost.prompt"],
                span.Attributes["llm.cost.completion"], span.Attributes["aiobs.cost.source"], span.Attributes["aiobs.cost.completeness"]));
        Assert.Equal(0.0035m, scene.Root.Costs!.Accumulator.Total.Total);
    }

    [Fact]
    public async Task Chat_Completed_RaisesEachEventOnce()
    {
        using var scene = new BridgeScene(root => root.AddCostTracking());

        scene.Emit(Source, "chat gpt-4o", ActivityKind.Client, PricedChat);

        Assert.Equal(
            [AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, AgentEventTypes.CostRecorded], await scene.EventTypesAsync());
    }

    [Fact]
    public async Task Chat_Streamed_SaysNothingOfWhatIsNotKnown()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source, "chat gpt-4o", ActivityKind.Client, [.. PricedChat, new("gen_ai.request.stream", true), new("gen_ai.response.time_to_first_chunk", 0.5)]);

        await scene.EventTypesAsync();
        var response = scene.Sink.Events[^1].Data;
        Assert.False(span.Attributes.ContainsKey("aiobs.stream.chunks") || span.Attributes.ContainsKey("aiobs.stream.outcome"));
        Assert.False(response.ContainsKey("chunks"));
        Assert.False(scene.Sink.Events[0].Data.ContainsKey("messages"));
        Assert.Equal(500.0, response["time_to_first_chunk_ms"]);
    }

    [Fact]
    public async Task Chat_Failed_RaisesThatTheCallFailed()
    {
        using var scene = new BridgeScene(root => root.AddCostTracking());
        using (var span = scene.Start(Source, "chat gpt-4o", ActivityKind.Client, PricedChat[..3]))
        {
            span.SetStatus(ActivityStatusCode.Error, "The prompt was secret").SetTag("error.type", "System.TimeoutException");
        }

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallFailed], await scene.EventTypesAsync());
        var operation = Assert.Single(scene.Told.Completed);
        Assert.Equal(
            (OperationOutcome.Failed, "System.TimeoutException", null), (operation.Outcome, operation.Error!.Type, operation.Error.Message));
    }

    [Fact]
    public async Task Tool_Executed_RaisesThatItWasCalled()
    {
        using var scene = new BridgeScene();

        scene.Emit(Source, "execute_tool search", ActivityKind.Internal, new("gen_ai.operation.name", "execute_tool"), new("gen_ai.tool.name", "search"));

        Assert.Equal([AgentEventTypes.ToolCalled], await scene.EventTypesAsync());
    }

    [Fact]
    public void Chat_Told_HasTheTimesOfItsSpan()
    {
        using var scene = new BridgeScene();
        var span = scene.Start(Source, "chat gpt-4o", ActivityKind.Client, PricedChat);
        span.SetStartTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)).SetEndTime(new DateTime(2026, 1, 2, 3, 4, 7, DateTimeKind.Utc));

        span.Dispose();

        var operation = Assert.Single(scene.Told.Completed);
        Assert.Equal(
            (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), TimeSpan.FromSeconds(2), OperationOutcome.Completed, span),
            (operation.StartedAt, operation.Duration, operation.Outcome, operation.Activity));
        Assert.Same(operation, Assert.Single(scene.Told.Started));
    }

    [Theory]
    [InlineData("Microsoft.SemanticKernel.Diagnostics", BridgedMetrics.Missing, true)]
    [InlineData("com.anthropic.sdk.csharp", BridgedMetrics.Missing, true)]
    [InlineData("Azure.AI.Projects.ProjectResponsesClient", BridgedMetrics.Missing, true)]
    [InlineData("Azure.AI.Inference.ChatCompletionsClient", BridgedMetrics.Missing, false)]
    [InlineData("OpenAI.ChatClient", BridgedMetrics.Missing, false)]
    [InlineData("Experimental.Microsoft.Extensions.AI", BridgedMetrics.Missing, false)]
    [InlineData("Experimental.Microsoft.Agents.AI", BridgedMetrics.Missing, false)]
    [InlineData("OpenAI.ChatClient", BridgedMetrics.All, true)]
    public void Chat_EachLibrary_IsMeasuredIfNobodyElseDoesIt(string source, BridgedMetrics metrics, bool isMeasured)
    {
        using var scene = new BridgeScene(root => root.AddCostTracking(), options => options.BridgedMetrics = metrics);
        using var collector = new MetricCollector(scene.OwnName);

        scene.Emit(source, "chat gpt-4o", ActivityKind.Client, PricedChat);

        Assert.Equal(isMeasured ? 2 : 0, collector.Of("gen_ai.client.token.usage").Count);
        Assert.Equal(isMeasured ? 1 : 0, collector.Of("gen_ai.client.operation.duration").Count);
        Assert.Equal(0.0035, collector.Only("aiobs.cost").Value);
    }

    [Fact]
    public void ToolAndAgent_OfALibraryThatMeasuresItsCalls_AreMeasured()
    {
        const string Agents = "Experimental.Microsoft.Agents.AI";
        using var scene = new BridgeScene();
        using var collector = new MetricCollector(scene.OwnName);

        using (scene.Start(Agents, "invoke_agent a", ActivityKind.Client, new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.name", "a")))
        {
            scene.Emit(Agents, "execute_tool t", ActivityKind.Internal, new("gen_ai.operation.name", "execute_tool"), new("gen_ai.tool.name", "t"));
        }

        Assert.Equal("t", collector.Only("gen_ai.execute_tool.duration").Tags["gen_ai.tool.name"]);
        Assert.Equal("a", collector.Only("gen_ai.invoke_agent.duration").Tags["gen_ai.agent.name"]);
        Assert.Equal(1L, collector.Only("gen_ai.invoke_agent.tool_calls").Value);
    }

    [Fact]
    public void Chat_DetailsWanted_WritesTheRecordButNoExceptionOfItsOwn()
    {
        var logs = new FakeLogCollector();
        using var scene = new BridgeScene(root =>
        {
            root.Services.AddSingleton(logs.ToFactory());
            root.Configure(options => options.EmitOperationDetails = true);
        });
        using (var span = scene.Start(Source, "chat gpt-4o", ActivityKind.Client, PricedChat))
        {
            span.SetTag("error.type", "500");
        }

        Assert.Equal(["gen_ai.client.inference.operation.details"], logs.GetSnapshot().Select(log => log.Id.Name));
    }
}
