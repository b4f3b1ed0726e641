using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a tool has run.</summary>
public sealed record ToolStop : SpanStop
{
    /// <summary>Gets what the tool returned: a text, or anything that can be written as JSON.</summary>
    public object? Result { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation) =>
        operation.Output = parts.Masker.Value(operation, new(RedactionKind.ToolResult, IsOutput: true) { Tool = operation.Name }, Result);
}
