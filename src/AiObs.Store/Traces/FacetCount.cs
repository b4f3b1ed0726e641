namespace AiObs.Store;

/// <summary>A value, and the traces that have it.</summary>
/// <param name="Value">The value.</param>
/// <param name="TraceCount">How many traces have it.</param>
/// <param name="LastTime">When the latest of them started.</param>
/// <param name="LastTraceId">The latest of them, by its start and then by its id.</param>
public sealed record FacetCount(string Value, long TraceCount, DateTimeOffset LastTime, string LastTraceId);
