namespace AiObs.Cost;

/// <summary>A part of a listing.</summary>
/// <param name="Records">The records, in the order that was asked for.</param>
/// <param name="NextCursor">What <see cref="CostQuery.Cursor"/> has to be for the next page; <see langword="null"/> on the last one.</param>
public sealed record CostPage(IReadOnlyList<CostRecord> Records, string? NextCursor);
