using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known before documents are fetched.</summary>
public sealed record RetrieverStart : SpanStart<RetrieverStop>
{
    /// <summary>Gets the query. Required.</summary>
    public string? Query { get; init; }

    /// <summary>Gets how many documents are asked for.</summary>
    public int? TopK { get; init; }

    internal override string Kind => "retriever";

    internal override string? FindMissing() => Query is null ? nameof(Query) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new RetrieverOperation(name) { TopK = TopK };

    internal override void Record(TracerParts parts, AgentOperation operation) =>
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.Value), Query);

    internal override RetrieverStop? StopFrom(object result) =>
        result is IEnumerable<RetrievedDocument> documents ? new() { Documents = [.. documents] } : null;
}
