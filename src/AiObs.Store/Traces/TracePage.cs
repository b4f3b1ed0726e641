namespace AiObs.Store;

/// <summary>A part of a listing of traces.</summary>
/// <param name="Traces">The traces, in the order that was asked for.</param>
/// <param name="NextCursor">What <see cref="TraceQuery.Cursor"/> has to be for the next page; <see langword="null"/> on the last one.</param>
public sealed record TracePage(IReadOnlyList<TraceSummary> Traces, string? NextCursor);
