using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>Two spans that stand at the same place of two traces; one of them where the other trace has none.</summary>
/// <param name="Depth">How deep they stand.</param>
/// <param name="Left">The span of the one.</param>
/// <param name="Right">The span of the other.</param>
internal sealed record SpanPair(int Depth, SpanRecord? Left, SpanRecord? Right);
