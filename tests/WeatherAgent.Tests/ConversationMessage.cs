namespace WeatherAgent.Tests;

/// <summary>Is a message of the built-in conversation, and what it looks like when it is flattened into attributes.</summary>
internal sealed record ConversationMessage(string Role)
{
    private string? Text { get; init; }

    private string? CallId { get; init; }

    private string? Reasoning { get; init; }

    private IReadOnlyList<(string Id, string Tool, string Arguments)> Calls { get; init; } = [];

    public static ConversationMessage System(string text) => new("system") { Text = text };

    public static ConversationMessage User(string text) => new("user") { Text = text };

    public static ConversationMessage Answer(string text) => new("assistant") { Text = text };

    public static ConversationMessage Ask(string reasoning, params IReadOnlyList<(string Id, string Tool, string Arguments)> calls) =>
        new("assistant") { Reasoning = reasoning, Calls = calls };

    public static ConversationMessage Result(string callId, string text) => new("tool") { CallId = callId, Text = text };

    public IEnumerable<KeyValuePair<string, object?>> Flatten(string prefix)
    {
        yield return new($"{prefix}.message.role", Role);

        if (CallId is not null)
        {
            yield return new($"{prefix}.message.tool_call_id", CallId);
        }

        if (Text is not null)
        {
            yield return new($"{prefix}.message.content", Text);
        }

        if (Reasoning is not null)
        {
            yield return new($"{prefix}.message.contents.0.message_content.type", "reasoning");
            yield return new($"{prefix}.message.contents.0.message_content.text", Reasoning);
            yield return new($"{prefix}.message.contents.0.message_content.signature", "ZmFrZS1zaWduYXR1cmU=");
        }

        for (var index = 0; index < Calls.Count; index++)
        {
            var call = $"{prefix}.message.tool_calls.{index}.tool_call";
            yield return new($"{call}.id", Calls[index].Id);
            yield return new($"{call}.function.name", Calls[index].Tool);
            yield return new($"{call}.function.arguments", Calls[index].Arguments);
        }
    }
}
