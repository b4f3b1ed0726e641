using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a tool starts to run.</summary>
public sealed record ToolStart : SpanStart<ToolStop>
{
    /// <summary>Gets the arguments: a dictionary, or anything that can be written as a JSON object. Required; a tool without arguments gets an empty dictionary.</summary>
    public object? Arguments { get; init; }

    /// <summary>Gets what the tool is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the id of the model's call that the tool answers.</summary>
    public string? CallId { get; init; }

    /// <summary>Gets what kind of tool it is.</summary>
    /// <value>The default is <c>function</c>; the convention also knows <c>extension</c> and <c>datastore</c>.</value>
    public string Type { get; init; } = "function";

    internal override string Kind => "tool";

    internal override string? FindMissing() => Arguments is null ? nameof(Arguments) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new ToolOperation(name)
    {
        CallId = CallId,
        Type = Type,
    };

    internal override void Record(TracerParts parts, AgentOperation operation)
    {
        ((ToolOperation)operation).Description = string.IsNullOrEmpty(Description) ? null : parts.Masker.Text(operation, new(RedactionKind.ToolDescription) { Tool = operation.Name }, Description);
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.ToolArgument) { Tool = operation.Name }, Arguments);
    }

    internal override ToolStop StopFrom(object result) => new() { Result = result };
}
