namespace AiObs.Operations;

/// <summary>Marks a span of another library that stands for an operation of ours.</summary>
internal static class EnrichedSpan
{
    /// <summary>The custom property that holds the operation. It is no attribute and is never exported.</summary>
    public const string Property = "AiObs.Operation";
}
