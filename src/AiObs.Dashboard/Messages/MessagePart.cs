namespace AiObs.Dashboard.Messages;

/// <summary>A part of a message.</summary>
/// <param name="Kind">What it is, such as <c>text</c>, <c>reasoning</c> or <c>tool_call</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="Name">The name of the tool that it calls.</param>
internal sealed record MessagePart(string Kind, string Text, string? Name = null)
{
    public const string Plain = "text";
    public const string Reasoning = "reasoning";
    public const string ToolCall = "tool_call";
}
