using System.Diagnostics;
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

    public static void Clock(TimeProvider clock)
    {
        #region snippet:testing-clock
        using var observability = AgentObservability.Create(builder => builder.Services.AddSingleton(clock));
        #endregion
    }
}
