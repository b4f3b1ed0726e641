namespace AiObs.Operations.Content;

/// <summary>What a tool answered.</summary>
/// <param name="Id">The id of the call that it answers.</param>
/// <param name="Result">The result; <see langword="null"/> when the tool returned nothing.</param>
internal sealed record ToolResultPart(string? Id, RecordedValue? Result) : MessagePart;
