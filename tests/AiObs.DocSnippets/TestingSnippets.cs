using System.Diagnostics;
using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.Events;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.DocSnippets;

internal static class TestingSnippets
{
    public static async Task SpansAsync(IChatClient client)
    {
        #region snippet:testing-spans
        var spans = new List<Activity>();
        using var observability = AgentObservability.Create(builder => builder.Configure(o => o.CaptureContent = ContentCapture.Spans));
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(observability)
            .AddInMemoryExporter(spans)
            .Build();

        await client.UseAgentObservability(observability).GetResponseAsync("How is Rome?");

        tracing.ForceFlush();
        var model = spans.Single(span => (string?)span.GetTagItem("gen_ai.operation.name") == "chat");
        #endregion
    }

    public static async Task EventsAsync(IChatClient client)
    {
        #region snippet:testing-events
        var sink = new InMemoryEventSink();
        await using var observability = AgentObservability.Create(builder => builder
            .AddEventSink(sink, o => o.Delivery = EventDelivery.Durable));

        await client.UseAgentObservability(observability).GetResponseAsync("How is Rome?");

        var types = sink.Events.Select(item => item.Type);
        #endregion
    }

    public static IChatClient Agent(AgentObservability observability)
    {
        #region snippet:testing-agent
        IChatClient agent = new StubModel(
                new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "get_forecast")])),
                new(new ChatMessage(ChatRole.Assistant, "Rome is sunny.")) { Usage = new() { InputTokenCount = 20, OutputTokenCount = 4 } })
            .AsBuilder()
            .UseAgent("weather-assistant", observability)
            .UseFunctionInvocation()
            .UseAgentObservability(observability)
            .Build();
        #endregion

        return agent;
    }

    public static async Task CostsAsync(IChatClient client)
    {
        #region snippet:testing-costs
        using var observability = AgentObservability.Create(builder => builder.AddCostTracking(o => o.Pricing.Prices.Add(
            new PriceOverride { Provider = "openai", Model = "*", Rates = { ["input_mtok"] = 1, ["output_mtok"] = 10 } })));

        await client.UseAgentObservability(observability).GetResponseAsync("How is Rome?");

        CostRecord record = (await observability.Costs!.Store.ListAsync(CostQuery.All)).Records.Single();
        #endregion
    }

    public static void Clock(TimeProvider clock)
    {
        #region snippet:testing-clock
        using var observability = AgentObservability.Create(builder => builder.Services.AddSingleton(clock));
        #endregion
    }
}
