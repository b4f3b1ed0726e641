namespace AiObs.Operations;

/// <summary>A document that was found or scored.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Content">The document's text; <see langword="null"/> when hidden.</param>
/// <param name="Score">The document's score.</param>
/// <param name="MetadataJson">Further facts, as a JSON object.</param>
public sealed record RecordedDocument(string? Id, string? Content, double? Score, string? MetadataJson);
