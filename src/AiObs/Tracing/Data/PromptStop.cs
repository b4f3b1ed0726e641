using AiObs.Operations;
using AiObs.Privacy;

namespace AiObs.Tracing.Data;

/// <summary>What is known when a prompt template has been rendered.</summary>
public sealed record PromptStop : SpanStop
{
    /// <summary>Gets the rendered text.</summary>
    public string? Rendered { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation) =>
        operation.Output = parts.Masker.Value(operation, Rendered, ContentSide.Output);
}
