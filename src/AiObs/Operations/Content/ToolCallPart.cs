namespace AiObs.Operations.Content;

/// <summary>A call that the model asks the application to make.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="ArgumentsJson">The arguments as a JSON object, or as a JSON text where they are none; <see langword="null"/> when there are none, or nobody has what could not be parsed.</param>
internal sealed record ToolCallPart(string? Id, string Name, string? ArgumentsJson) : MessagePart;
