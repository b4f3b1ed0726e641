using AiObs.Events;
using AiObs.OpenTelemetry.Tests.Exporters;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What is counted does not depend on what is exported.</summary>
public sealed class SampledTotalsTests : ExporterTest
{
    private const int Calls = 300;

    /// <summary>Two that say how much is exported, and one that says in which batches events were written.</summary>
    private static readonly string[] NoTotals = ["aiobs.spans.sampled_out", "aiobs.traces.decided_early", "aiobs.events.written"];

    [Fact]
    public async Task OwnOperations_OnePercentExported_AreCountedAsIfAllWere()
    {
        var all = await RunAsync(1, MakeOwnCallAsync);
        var some = await RunAsync(0.01, MakeOwnCallAsync);

        Assert.Equal(Calls, all.Exported);
        Assert.InRange(some.Exported, Calls / 50, Calls / 5);
        Assert.Equal(all.Counted, some.Counted);
        Assert.Equal(
            [
                "cost 0.002940",
                "records 294",
                "event call_failed 6",
                "event cost_recorded 294",
                "event message_sent 300",
                "event response_received 294",
                "measured aiobs.cost 294 0.00294",
                "measured gen_ai.client.operation.duration 300",
                "measured gen_ai.client.token.usage 588 2940",
            ],
            all.Counted);
    }

    /// <summary>Makes the same work with so much of it exported; the work is handed in, so that every kind is held to the same.</summary>
    private async Task<(int Exported, IReadOnlyList<string> Counted)> RunAsync(double ratio, Func<AgentObservability, int, Task> work)
    {
        var sink = new CountingSink();
        using var metrics = new MetricCollector(Source);
        using var exporter = new CollectingExporter();
        await using var root = AgentObservability.Create(builder => builder
            .Configure(options => options.SourceName = Source)
            .AddCostTracking(options => options.Pricing.Prices.Add(new() { Model = "stub-model-1", Rates = { ["input_mtok"] = 1, ["output_mtok"] = 1 } }))
            .AddEventSink(sink));
        using (CreateBuilder().AddKeepInteresting(exporter, options => options.Ratio = ratio).Build())
        {
            for (var call = 0; call < Calls; call++)
            {
                await work(root, call);
            }
        }

        await root.Events.FlushAsync(TestToken);
        var total = root.Costs!.Accumulator.Total;
        return (exporter.Spans.Count, [FormattableString.Invariant($"cost {total.Total}"), $"records {total.RecordCount}", .. sink.Counts, .. Describe(metrics)]);
    }

    private static async Task MakeOwnCallAsync(AgentObservability root, int call)
    {
        using var stub = call % 50 == 0 ? TestSupport.Stubs.StubChatClient.Throwing(new InvalidOperationException()) : ObservedCall.CreateStub();
        using var client = stub.UseAgentObservability(root);

        await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: TestToken));
    }

    /// <summary>Counts measurements, and adds up those that are no durations.</summary>
    private static IEnumerable<string> Describe(MetricCollector metrics) =>
        from measurement in metrics.Measurements
        where !NoTotals.Contains(measurement.Name)
        group measurement by (measurement.Name, measurement.Unit) into one
        orderby one.Key.Name
        let sum = one.Key.Unit == "s" ? "" : FormattableString.Invariant($" {one.Sum(measurement => Convert.ToDecimal(measurement.Value, null))}")
        select $"measured {one.Key.Name} {one.Count()}{sum}";

    private sealed class CountingSink : IAgentEventSink
    {
        private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

        public IEnumerable<string> Counts => _counts.Select(count => $"event {count.Key} {count.Value}");

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
        {
            foreach (var item in events)
            {
                _counts[item.Type] = _counts.GetValueOrDefault(item.Type) + 1;
            }

            return ValueTask.CompletedTask;
        }
    }
}
