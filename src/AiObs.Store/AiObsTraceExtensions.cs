using AiObs.Cost;
using AiObs.Store;
using AiObs.Store.Traces;

namespace AiObs;

/// <summary>What traces and latencies add to a root.</summary>
public static class AiObsTraceExtensions
{
    extension(AgentObservability observability)
    {
        /// <summary>Gets how long the operations of the last hour took; <see langword="null"/> unless <c>AddLatencies()</c> or <c>AddTraces()</c> was called.</summary>
        public RecentLatencies? Latencies => observability.Root.Core.Observers.All.OfType<RecentLatencies>().FirstOrDefault();

        /// <summary>Gets the store that traces are kept in; <see langword="null"/> unless <c>AddTraces()</c> was called.</summary>
        public ITraceStore? Traces => WriterOf(observability)?.Store;

        /// <summary>Gets what tells of traces as they grow; <see langword="null"/> unless <c>AddTraces()</c> was called.</summary>
        public ITraceFeed? TraceFeed => WriterOf(observability)?.Feed;

        /// <summary>Gets what lists traces with what they cost; <see langword="null"/> unless <c>AddTraces()</c> and <c>AddCostTracking()</c> were called.</summary>
        public PricedTraces? PricedTraces => (observability.Traces, observability.Costs) is ({ } traces, { } costs) ? new(traces, costs.Store) : null;

        /// <summary>Gets the spans that have not ended; <see langword="null"/> unless <c>AddTraces()</c> was called.</summary>
        public RunningSpans? RunningSpans => WriterOf(observability)?.Running;

        /// <summary>Waits until the spans that have ended are in the trace store, or given up. Returns at once unless <c>AddTraces()</c> was called.</summary>
        /// <param name="cancellationToken">Ends the wait; the spans are written all the same.</param>
        /// <returns>A task that ends then.</returns>
        public Task FlushTracesAsync(CancellationToken cancellationToken = default) => WriterOf(observability)?.FlushAsync(cancellationToken) ?? Task.CompletedTask;
    }

    private static TraceWriter? WriterOf(AgentObservability observability) => observability.Root.Core.KeptSpans.Keeper as TraceWriter;
}
