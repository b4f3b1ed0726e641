namespace AiObs.Store;

/// <summary>A part of a listing of spans.</summary>
/// <param name="Spans">The spans, in the order that was asked for.</param>
/// <param name="NextCursor">What <see cref="SpanQuery.Cursor"/> has to be for the next page; <see langword="null"/> on the last one.</param>
public sealed record SpanPage(IReadOnlyList<SpanRecord> Spans, string? NextCursor);
