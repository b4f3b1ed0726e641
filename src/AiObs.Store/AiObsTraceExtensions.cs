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

        /// <summary>Erases what was said in all spans of traces, those included that still wait for the store. The spans stay.</summary>
        /// <param name="query">
        /// Which traces; order, page size and cursor do not matter. The user may be given by name: where <see cref="PrivacyOptions.UserIdHashKey"/> is set, traces are found by its hash as
        /// well as by what is given.
        /// </param>
        /// <param name="cancellationToken">Cancels the erasure; what is erased by then stays erased.</param>
        /// <returns>How many spans lost their content, and whether its bytes are gone from the disk.</returns>
        /// <remarks>Spans that have not ended, or end meanwhile, are not reached: erase again when calls of the user have ended. While the store is away, it waits until that is back.</remarks>
        /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
        /// <exception cref="InvalidOperationException"><c>AddTraces()</c> was not called.</exception>
        public Task<Erasure> EraseTraceContentAsync(TraceQuery query, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(query);
            var writer = WriterOf(observability) ?? throw new InvalidOperationException("No traces are kept, so that there is nothing to erase. Call AddTraces() on AddAgentObservability().");
            return EraseAsync(writer, query, observability.Root.Pipeline.UserIdOf(query.UserId), cancellationToken);
        }
    }

    private static async Task<Erasure> EraseAsync(TraceWriter writer, TraceQuery query, string? userId, CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        var erased = await writer.Store.EraseContentAsync(query, cancellationToken).ConfigureAwait(false);
        if (userId == query.UserId)
        {
            return erased;
        }

        var hashed = await writer.Store.EraseContentAsync(query with { UserId = userId }, cancellationToken).ConfigureAwait(false);
        return new(erased.Count + hashed.Count, hashed.IsWiped);
    }

    private static TraceWriter? WriterOf(AgentObservability observability) => observability.Root.Core.KeptSpans.Keeper as TraceWriter;
}
