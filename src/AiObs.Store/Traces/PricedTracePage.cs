namespace AiObs.Store;

/// <summary>A part of a listing of traces with what they cost.</summary>
/// <param name="Traces">The traces, in the order that was asked for.</param>
/// <param name="NextCursor">What the <see cref="TraceQuery.Cursor"/> of <see cref="PricedTraceQuery.Traces"/> has to be for the next page; <see langword="null"/> on the last one.</param>
public sealed record PricedTracePage(IReadOnlyList<PricedTrace> Traces, string? NextCursor);
