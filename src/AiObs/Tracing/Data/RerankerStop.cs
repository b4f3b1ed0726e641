using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when documents have been scored again.</summary>
public sealed record RerankerStop : SpanStop
{
    /// <summary>Gets the documents in their new order, best first.</summary>
    public IReadOnlyList<RetrievedDocument>? Documents { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation) =>
        parts.Documents.RecordScored((RerankerOperation)operation, Documents);
}
