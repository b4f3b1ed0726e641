using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>Work done many times with a part of it exported, and what was counted of it.</summary>
/// <param name="Exported">How many spans were exported.</param>
/// <param name="Counted">Costs, records, events by type, and measurements; those that are no durations added up.</param>
internal sealed record CountedRun(int Exported, IReadOnlyList<string> Counted)
{
    /// <summary>How often the work is done.</summary>
    public const int Times = 300;

    /// <summary>Two that say how much is exported, and one that says in which batches events were written.</summary>
    private static readonly string[] NoTotals = ["aiobs.spans.sampled_out", "aiobs.traces.decided_early", "aiobs.events.written"];

    /// <summary>Does some work, of one kind or another, with so much of it exported.</summary>
    public static async Task<CountedRun> OfAsync(
        string source, TracerProviderBuilder tracing, double ratio, Func<AgentObservability, int, Task> work, CancellationToken cancellationToken)
    {
        var sink = new CountingSink();
        using var metrics = new MetricCollector(source);
        using var exporter = new CollectingExporter();
        await using var root = AgentObservability.Create(builder => builder
            .Configure(options => options.SourceName = source)
            .AddCostTracking(options => options.Pricing.Prices.Add(new() { Model = "stub-model-1", Rates = { ["input_mtok"] = 1, ["output_mtok"] = 1 } }))
            .ConfigureEvents(options => options.ShutdownTimeout = HangGuard.Limit)
            .AddEventSink(sink));
        using (var provider = tracing.AddAgentObservability(root).AddKeepInteresting(exporter, options => options.Ratio = ratio).Build())
        {
            for (var time = 0; time < Times; time++)
            {
                await work(root, time);
            }

            // A disposal alone waits for no longer than five seconds.
            provider.Shutdown();
        }

        await root.Events.FlushAsync(cancellationToken);
        var total = root.Costs!.Accumulator.Total;
        return new(
            exporter.Spans.Count,
            [FormattableString.Invariant($"cost {total.Total}"), $"records {total.RecordCount}", .. sink.Counts, .. Describe(metrics)]);
    }

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
