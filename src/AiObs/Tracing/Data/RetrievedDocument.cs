namespace AiObs.Tracing;

/// <summary>A document that was found, or is to be scored.</summary>
public sealed record RetrievedDocument
{
    /// <summary>Gets the document's id.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the document's text.</summary>
    public string? Content { get; init; }

    /// <summary>Gets the document's score.</summary>
    public double? Score { get; init; }

    /// <summary>Gets further facts.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }
}
