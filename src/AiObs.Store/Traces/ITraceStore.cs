namespace AiObs.Store;

/// <summary>Keeps traces: the spans, what was said in them for a shorter time, and how long they took for a longer one. They are no evidence: see <see cref="IEventLog"/> for that.</summary>
/// <remarks>
/// Texts are compared ordinally unless it says otherwise, and times to the tick. Spans arrive in any order, and a trace is what has arrived of it.
/// An implementation passes the tests of <c>TraceStoreContract</c>.
/// </remarks>
public interface ITraceStore
{
    /// <summary>Appends spans, all or none. A span that the store has already, by trace and span, is left out, and a repetition in the batch is too.</summary>
    /// <param name="spans">The spans, whose content has passed the privacy options.</param>
    /// <param name="cancellationToken">Cancels the append; then none of the spans is in the store.</param>
    /// <returns>A task that ends when the spans are kept.</returns>
    /// <exception cref="ArgumentException">The id of a trace is not 32 lower-case hexadecimal digits, or that of a span not 16.</exception>
    ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of traces.</summary>
    /// <param name="query">Which traces, and where to start.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>
    /// The page. Going on with its cursor returns every trace that kept its place meanwhile once; one that gets spans may change its place.
    /// </returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters or another order.</exception>
    ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds a trace.</summary>
    /// <param name="traceId">Its id.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The trace; <see langword="null"/> where no span of it is kept.</returns>
    ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of spans.</summary>
    /// <param name="query">Which spans, and where to start.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page. Going on with its cursor misses nothing that was there and returns nothing twice, whatever is appended meanwhile.</returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters or another order.</exception>
    ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds what was said in a span.</summary>
    /// <param name="traceId">The trace.</param>
    /// <param name="spanId">The span.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The content; <see langword="null"/> where there is none, or none any more.</returns>
    ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of conversations, those with the latest trace first. Traces without a conversation are left out.</summary>
    /// <param name="query">Which traces are added up, and where to start; the order does not matter.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page. Going on with its cursor returns every conversation that kept its place meanwhile once.</returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters.</exception>
    ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts traces by a value, on all pages. A trace with several values counts to each of them.</summary>
    /// <param name="query">Which traces; order, page size and cursor do not matter.</param>
    /// <param name="facet">By what.</param>
    /// <param name="top">How many values are returned at most. Must lie between 1 and 1,000.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>The values that most traces have first; those of as many in ordinal order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> lies outside of that range, or there is no such facet.</exception>
    ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(TraceQuery query, TraceFacet facet, int top = 50, CancellationToken cancellationToken = default);

    /// <summary>Sums up how long spans took that have a <see cref="SpanRecord.Kind"/>. What retention drops of traces stays in here.</summary>
    /// <param name="query">Which durations, and how they are told apart.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The groups, by start, then by key in ordinal order; the one without a key comes first.</returns>
    /// <remarks>An hour tells 1,000 combinations of kind, model, provider, agent and tool apart; of those that come later each text is <see cref="LatencyGroup.Other"/>.</remarks>
    ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default);

    /// <summary>Erases what was said in all spans of traces. The spans stay.</summary>
    /// <param name="query">Which traces; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the erasure; what is erased by then stays erased.</param>
    /// <returns>How many spans lost their content, and whether its bytes are gone from the disk.</returns>
    ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Drops the oldest traces, content and durations by a rule.</summary>
    /// <param name="retention">The rule.</param>
    /// <param name="cancellationToken">Cancels it; what is dropped by then stays dropped.</param>
    /// <returns>How many spans were dropped, and whether their bytes are gone from the disk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule has a negative age or number.</exception>
    ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default);
}
