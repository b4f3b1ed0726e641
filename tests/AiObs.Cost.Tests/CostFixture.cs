using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests;

/// <summary>A root with cost tracking, known prices for the models of the stubs, and everything that comes out of it.</summary>
internal sealed class CostFixture : IDisposable
{
    public CostFixture(
        Action<CostTrackingOptions>? costs = null,
        Action<AgentObservabilityBuilder>? build = null,
        bool listens = true,
        bool tracksCosts = true)
    {
        Source = $"cost-{Guid.NewGuid():N}";
        Spans = new SpanCollector(source => listens && source.Name == Source);
        Metrics = new MetricCollector(meter => listens && meter.Name == Source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Logs.ToFactory());
            builder.Configure(o => o.SourceName = Source);
            if (tracksCosts)
            {
                builder.AddCostTracking(Prices).AddCostTracking(costs);
            }

            build?.Invoke(builder);
        });
    }

    public string Source { get; }

    public SpanCollector Spans { get; }

    public MetricCollector Metrics { get; }

    public TestClock Clock { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public AgentObservability Root { get; }

    /// <summary>Gets the records of the root, in order.</summary>
    public IReadOnlyList<CostRecord> Records => RecordsOf(Root.Costs!);

    public static IReadOnlyList<CostRecord> RecordsOf(CostTracking costs) =>
        costs.Store.ListAsync(CostQuery.All).AsTask().GetAwaiter().GetResult().Records;

    /// <summary>Prices the models of the stubs: 3 USD for a million input tokens, 15 for a million output tokens.</summary>
    public static void Prices(CostTrackingOptions options)
    {
        foreach (var model in (string[])["stub-model", "stub-model-1"])
        {
            options.Pricing.Prices.Add(new PriceOverride
            {
                Model = model,
                Rates = { ["input_mtok"] = 3, ["output_mtok"] = 15, ["cache_read_mtok"] = 0.3m, ["cache_write_mtok"] = 3.75m },
            });
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        Metrics.Dispose();
        Spans.Dispose();
    }
}
