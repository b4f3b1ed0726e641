using AiObs.Operations;
using AiObs.Privacy.Redaction;

namespace AiObs.Tracing;

/// <summary>What is known before documents are scored again.</summary>
public sealed record RerankerStart : SpanStart<RerankerStop>
{
    /// <summary>Gets the query. Required.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the candidates. Required.</summary>
    public IReadOnlyList<RetrievedDocument>? Documents { get; init; }

    /// <summary>Gets the model that scores.</summary>
    public string? Model { get; init; }

    /// <summary>Gets how many documents are asked for.</summary>
    public int? TopK { get; init; }

    internal override string Kind => "reranker";

    internal override string? FindMissing() =>
        Query is null ? nameof(Query) : Documents is null ? nameof(Documents) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new RerankerOperation(name) { Model = Model, TopK = TopK };

    internal override void Record(TracerParts parts, AgentOperation operation)
    {
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.Value), Query);
        ((RerankerOperation)operation).InputDocuments = parts.Documents.Record(operation, Documents, ContentSide.Input);
    }

    internal override RerankerStop? StopFrom(object result) =>
        result is IEnumerable<RetrievedDocument> documents ? new() { Documents = [.. documents] } : null;
}
