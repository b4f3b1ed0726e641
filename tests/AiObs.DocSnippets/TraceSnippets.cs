using AiObs.Operations;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class TraceSnippets
{
    public static void Keep(IServiceCollection services)
    {
        #region snippet:traces
        services.AddAgentObservability().AddTraces();
        #endregion
    }

    public static void Configure(IServiceCollection services)
    {
        #region snippet:traces-configure
        services.AddAgentObservability()
            .AddTraces()
            .AddStore(s => s.UseInMemory().ConfigureTraces(t =>
            {
                t.MaxTraces = 5_000;
                t.Retention = TraceRetention.Default with { MaxContentAge = TimeSpan.FromHours(6) };
            }));
        #endregion
    }

    public static async Task Read(ITraceStore store)
    {
        #region snippet:traces-read
        TracePage slow = await store.ListAsync(new() { Model = "claude-sonnet-4-5", Status = TraceStatus.Error, Order = TraceOrder.Slowest });
        SpanPage spans = await store.ListSpansAsync(new() { TraceId = slow.Traces[0].TraceId, Detail = SpanDetail.Outline });
        SpanContent? said = await store.FindContentAsync(spans.Spans[0].TraceId, spans.Spans[0].SpanId);

        IReadOnlyList<FacetCount> errors = await store.CountFacetAsync(new() { After = DateTimeOffset.UtcNow.AddDays(-1) }, TraceFacet.ErrorType);
        #endregion
    }

    public static async Task ReadPriced(PricedTraces priced)
    {
        #region snippet:traces-priced
        PricedTracePage page = await priced.ListAsync(new()
        {
            Traces = new() { Model = "claude-sonnet-4-5", After = DateTimeOffset.UtcNow.AddDays(-1) },
            MinCost = 0.05m,
            DearestFirst = true,
        });
        foreach (PricedTrace trace in page.Traces)
        {
            Console.WriteLine($"{trace.Trace.Name}: ${trace.Cost.Total}, {trace.Cost.UnpricedCount} calls unpriced");
        }
        #endregion
    }

    public static async Task Watch(AgentObservability observability, CancellationToken stop)
    {
        #region snippet:traces-watch
        await foreach (TraceChange change in observability.TraceFeed!.WatchAsync(new() { Agent = "weather" }, stop))
        {
            Console.WriteLine($"{change.Trace.Name}: {change.Trace.SpanCount} spans, {change.Trace.Status}");
        }
        #endregion
    }

    public static async Task Erase(AgentObservability observability, string user)
    {
        #region snippet:traces-erase
        Erasure erased = await observability.EraseTraceContentAsync(new() { UserId = user });
        #endregion
    }

    public static void Health(IServiceCollection services)
    {
        #region snippet:traces-health
        services.AddHealthChecks().AddCheck<AiObsTracesHealthCheck>("aiobs-traces");
        #endregion
    }

    public static void Latencies(AgentObservability observability)
    {
        #region snippet:latencies
        foreach (LatencyGroup model in observability.Latencies!.Summarize(LatencyGrouping.Model, OperationKind.Chat))
        {
            LatencyHistogram took = model.Histogram;
            Console.WriteLine($"{model.Key}: {took.Count} calls, {took.ErrorCount} failed, p50 {took.Percentile(0.5)}, p95 {took.Percentile(0.95)}, longest {took.Max}");
        }
        #endregion
    }

    public static async Task Summarize(ITraceStore store)
    {
        #region snippet:latencies-stored
        IReadOnlyList<LatencyGroup> tools = await store.SummarizeAsync(new()
        {
            Kind = OperationKind.Tool,
            By = LatencyGrouping.Tool,
            Interval = TimeSpan.FromDays(1),
            After = DateTimeOffset.UtcNow.AddDays(-30),
        });
        #endregion
    }
}
