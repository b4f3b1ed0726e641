using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A span in its place in a tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">How many spans stand above it.</param>
/// <param name="Below">How many spans stand below it, at any depth. In the order of the tree they come right after it.</param>
/// <param name="Place">Which child of its parent it is, from 1.</param>
/// <param name="Siblings">How many children its parent has.</param>
internal readonly record struct SpanRow(SpanRecord Span, int Depth, int Below, int Place, int Siblings);
