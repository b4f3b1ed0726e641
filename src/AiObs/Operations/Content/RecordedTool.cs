namespace AiObs.Operations;

/// <summary>A tool that was offered to a model.</summary>
/// <param name="Type">The tool's type: <c>function</c>, or the provider's word for a tool of its own.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Description">What the tool says of itself.</param>
/// <param name="ParametersJson">The JSON schema of its parameters.</param>
public sealed record RecordedTool(string Type, string Name, string? Description, string? ParametersJson)
{
    /// <summary>Returns the tool without what it says of itself.</summary>
    internal RecordedTool WithoutContent() =>
        Description is null && ParametersJson is null ? this : this with { Description = null, ParametersJson = null };
}
