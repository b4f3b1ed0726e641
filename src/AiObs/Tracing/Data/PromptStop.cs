using AiObs.Operations;
using AiObs.Privacy.Redaction;

namespace AiObs.Tracing;

/// <summary>What is known when a prompt template has been rendered.</summary>
public sealed record PromptStop : SpanStop
{
    /// <summary>Gets the rendered text.</summary>
    public string? Rendered { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation)
    {
        // The text is made of the variables, so it would show what hidden inputs hide.
        var side = parts.Masker.HidesAll(ContentSide.Input) ? ContentSide.Input : ContentSide.Output;
        operation.Output = parts.Masker.Value(operation, RedactionPlace.Of(RedactionKind.Value, side), Rendered);
    }
}
