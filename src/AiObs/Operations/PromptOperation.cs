namespace AiObs.Operations;

/// <summary>The rendering of a prompt template.</summary>
/// <remarks><see cref="AgentOperation.Output"/> holds the rendered text.</remarks>
public sealed class PromptOperation : AgentOperation
{
    internal PromptOperation(string name)
        : base(OperationKind.Prompt) => Name = name;

    /// <summary>Gets the template's text; <see langword="null"/> unless content is recorded.</summary>
    public string? Template { get; internal set; }

    /// <summary>Gets the template's version.</summary>
    public string? Version { get; internal set; }

    /// <summary>Gets the values put into the template, as a JSON object; <see langword="null"/> unless content is recorded.</summary>
    public string? VariablesJson { get; internal set; }
}
