namespace AiObs.Store;

/// <summary>Which traces, by what they cost too, in which order, and how many at once.</summary>
public sealed record PricedTraceQuery
{
    /// <summary>Gets the filters, the order, the size of a page, and where to go on.</summary>
    /// <value>The default is <see cref="TraceQuery.All"/>. Its cursor is the <see cref="PricedTracePage.NextCursor"/> of a page of the same query.</value>
    public TraceQuery Traces { get; init; } = TraceQuery.All;

    /// <summary>Gets the least that a trace cost, in USD, inclusive; one without a cost record is left out.</summary>
    /// <value>The default is <see langword="null"/>: whatever it cost.</value>
    public decimal? MinCost { get; init; }

    /// <summary>Gets a value indicating whether the dearest traces come first, whatever the order of <see cref="Traces"/>. Where two cost the same, the one with the greater id does.</summary>
    /// <value>The default is <see langword="false"/>. When set, traces without a cost record are left out.</value>
    public bool DearestFirst { get; init; }
}
