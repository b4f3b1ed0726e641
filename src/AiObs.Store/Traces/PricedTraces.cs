using System.Globalization;
using AiObs.Cost;
using AiObs.Store.Traces;

namespace AiObs.Store;

/// <summary>Lists traces with what they cost: a trace store and a cost store read together.</summary>
/// <remarks>The container has it beside <see cref="ITraceStore"/>; outside of a host it is <c>observability.PricedTraces</c>.</remarks>
public sealed class PricedTraces
{
    /// <summary>How much earlier than its trace a call may seem to have started: they read the time one after the other.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly ITraceStore _traces;
    private readonly ICostStore _costs;

    /// <summary>Initializes a new instance of the <see cref="PricedTraces"/> class.</summary>
    /// <param name="traces">Where the traces are.</param>
    /// <param name="costs">Where the costs are.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public PricedTraces(ITraceStore traces, ICostStore costs)
    {
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentNullException.ThrowIfNull(costs);
        _traces = traces;
        _costs = costs;
    }

    /// <summary>Lists a page of traces.</summary>
    /// <param name="query">Which traces, and where to start.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page. Going on with its cursor returns every trace that kept its place meanwhile once; one that gets spans or costs may change its place.</returns>
    /// <remarks>
    /// With <see cref="PricedTraceQuery.MinCost"/> or <see cref="PricedTraceQuery.DearestFirst"/> each page adds up all costs since the <see cref="TraceQuery.After"/> of the query by
    /// trace: give one. A call costs in the trace of its span; one whose span was not kept, in none.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters or another order.</exception>
    public ValueTask<PricedTracePage> ListAsync(PricedTraceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query is { DearestFirst: false, MinCost: null })
        {
            return ListAllAsync(query.Traces, cancellationToken);
        }

        var fingerprint = new TraceFilter(query.Traces).Fingerprint(
            $"priced {(query.DearestFirst ? "dearest" : query.Traces.Order)} {query.MinCost?.ToString("0.############################", CultureInfo.InvariantCulture)}");
        return query.DearestFirst
            ? ListDearestAsync(query, CostPlace.After(query.Traces.Cursor, fingerprint), fingerprint, cancellationToken)
            : ListDearAsync(query, TracePosition.After(query.Traces.Cursor, fingerprint), fingerprint, cancellationToken);
    }

    /// <summary>Adds up what traces cost.</summary>
    /// <param name="traceIds">The traces, at most 1,000.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The sum of each that has a cost record, by its id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="traceIds"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more.</exception>
    public async ValueTask<IReadOnlyDictionary<string, CostSum>> SumAsync(IReadOnlyList<string> traceIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceIds);
        var groups = await _costs.SumByAsync(new() { TraceIds = traceIds }, CostGrouping.Trace, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(static group => group.Key!, static group => group.Sum, StringComparer.Ordinal);
    }

    private async ValueTask<PricedTracePage> ListAllAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var page = await _traces.ListAsync(query, cancellationToken).ConfigureAwait(false);
        var costs = await SumAsync([.. page.Traces.Select(static trace => trace.TraceId)], cancellationToken).ConfigureAwait(false);
        return new([.. page.Traces.Select(trace => new PricedTrace(trace, costs.GetValueOrDefault(trace.TraceId, CostSum.Zero)))], page.NextCursor);
    }

    /// <summary>Lists the dearest first: looks for as many of them as make a page.</summary>
    private async ValueTask<PricedTracePage> ListDearestAsync(PricedTraceQuery query, CostPlace? after, ulong fingerprint, CancellationToken cancellationToken)
    {
        var costs = await FindCostsAsync(query, cancellationToken).ConfigureAwait(false);
        var places = costs.Select(static cost => new CostPlace(cost.Value.Total, cost.Key)).Where(place => after is not { } start || place.CompareTo(start) > 0).Order();
        List<PricedTrace> found = [];
        foreach (var some in places.Chunk(TraceQuery.MaxPageSize))
        {
            var traces = await FindAsync(query.Traces, [.. some.Select(static place => place.TraceId)], cancellationToken).ConfigureAwait(false);
            var byId = traces.ToDictionary(static trace => trace.TraceId, StringComparer.Ordinal);
            found.AddRange(some.Where(place => byId.ContainsKey(place.TraceId)).Select(place => new PricedTrace(byId[place.TraceId], costs[place.TraceId])));
            if (found.Count > query.Traces.PageSize)
            {
                break;
            }
        }

        return PageOf(found, query.Traces.PageSize, last => new CostPlace(last.Cost.Total, last.Trace.TraceId).ToCursor(fingerprint));
    }

    /// <summary>Lists those that cost enough in another order: looks at all of them, and keeps a page.</summary>
    private async ValueTask<PricedTracePage> ListDearAsync(PricedTraceQuery query, TracePosition? after, ulong fingerprint, CancellationToken cancellationToken)
    {
        var costs = await FindCostsAsync(query, cancellationToken).ConfigureAwait(false);
        List<TraceSummary> first = [];
        foreach (var some in costs.Keys.Chunk(TraceQuery.MaxPageSize))
        {
            var traces = await FindAsync(query.Traces, some, cancellationToken).ConfigureAwait(false);
            first = [.. first.Concat(traces.Where(trace => after is not { } start || PositionOf(trace).CompareTo(start) > 0)).OrderBy(PositionOf).Take(query.Traces.PageSize + 1)];
        }

        List<PricedTrace> found = [.. first.Select(trace => new PricedTrace(trace, costs[trace.TraceId]))];
        return PageOf(found, query.Traces.PageSize, last => PositionOf(last.Trace).ToCursor(fingerprint));

        TracePosition PositionOf(TraceSummary trace) => TracePosition.Of(trace, query.Traces.Order);
    }

    /// <summary>Finds the traces that cost enough, as far as costs tell.</summary>
    private async ValueTask<Dictionary<string, CostSum>> FindCostsAsync(PricedTraceQuery query, CancellationToken cancellationToken)
    {
        // Until now, as a trace of the range may still be going on behind its end.
        var range = new CostQuery { After = query.Traces.After is { } after && after - DateTimeOffset.MinValue > Slack ? after - Slack : null, TraceIds = query.Traces.TraceIds };
        var groups = await _costs.SumByAsync(range, CostGrouping.Trace, cancellationToken).ConfigureAwait(false);
        return groups.Where(group => group.Key is not null && (query.MinCost is not { } least || group.Sum.Total >= least))
            .ToDictionary(static group => group.Key!, static group => group.Sum, StringComparer.Ordinal);
    }

    private async ValueTask<IReadOnlyList<TraceSummary>> FindAsync(TraceQuery query, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var page = await _traces.ListAsync(
            query with { TraceIds = ids, Order = TraceOrder.Newest, PageSize = TraceQuery.MaxPageSize, Cursor = null }, cancellationToken).ConfigureAwait(false);
        return page.Traces;
    }

    private static PricedTracePage PageOf(List<PricedTrace> found, int pageSize, Func<PricedTrace, string> toCursor) => found.Count > pageSize
        ? new(found[..pageSize], toCursor(found[pageSize - 1]))
        : new(found, null);
}
