using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Events.Raising;

/// <summary>What was said in an operation, as JSON; <see langword="null"/> where nothing of it is recorded.</summary>
internal static class OperationContent
{
    private const string User = "user";
    private const string Assistant = "assistant";

    /// <summary>Returns the user messages after the last one of the assistant, or the texts to embed.</summary>
    public static string? MessageSent(ModelOperation model)
    {
        if (model is EmbeddingOperation embedding)
        {
            return embedding.Texts is null ? null : ValueJson.Write(embedding.Texts);
        }

        if ((model as ChatOperation)?.InputMessages is not { } messages)
        {
            return null;
        }

        var slots = messages.Slots;
        var first = slots.Length;
        while (first > 0 && slots[first - 1].Role != Assistant)
        {
            first--;
        }

        var said = new RecordedMessages(slots.Length - first);
        foreach (ref var message in slots[first..])
        {
            if (message.Role == User)
            {
                said.Add(message);
            }
        }

        return said.Count == 0 ? null
            : said.Count == messages.Count ? messages.ToJson()
            : said.ToJson();
    }

    public static string? ResponseReceived(ModelOperation model) => (model as ChatOperation)?.OutputMessages?.ToJson();

    /// <summary>Returns what the error says, and what a stream had delivered before it.</summary>
    public static string? CallFailed(ModelOperation model)
    {
        var message = model.Error?.Message is { } text ? RecordedValue.Plain(text) : null;
        var output = (model as ChatOperation)?.OutputMessages is { } messages ? RecordedValue.Json(messages.ToJson()) : null;
        return Members(("message", message), ("output", output));
    }

    public static string? ToolCalled(ToolOperation tool) => Members(
        ("arguments", tool.Input),
        ("result", tool.Output),
        ("message", tool.Error?.Message is { } text ? RecordedValue.Plain(text) : null));

    private static string? Members(params ReadOnlySpan<(string Name, RecordedValue? Value)> members)
    {
        List<(string, RecordedValue)> known = [];
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                known.Add((name, value));
            }
        }

        return known.Count == 0 ? null : MessageJson.WriteMembers(type: null, known);
    }
}
