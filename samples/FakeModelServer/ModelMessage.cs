namespace FakeModelServer;

/// <summary>Describes one message of a request, the same for every protocol.</summary>
/// <param name="Role">The role on the wire; instructions that stand outside the messages have the role <c>system</c>.</param>
/// <param name="Text">The text parts, joined; empty when there are none.</param>
public sealed record ModelMessage(string Role, string Text)
{
    /// <summary>Gets the tool calls that an assistant message repeats.</summary>
    public IReadOnlyList<ModelToolCall> ToolCalls { get; init; } = [];

    /// <summary>Gets the tool results that the message brings.</summary>
    public IReadOnlyList<ModelToolResult> ToolResults { get; init; } = [];
}
