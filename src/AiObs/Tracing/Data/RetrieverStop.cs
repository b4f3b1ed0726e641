using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when documents have been fetched.</summary>
public sealed record RetrieverStop : SpanStop
{
    /// <summary>Gets the documents, best first.</summary>
    public IReadOnlyList<RetrievedDocument>? Documents { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation) =>
        parts.Documents.RecordFound((RetrieverOperation)operation, Documents);
}
