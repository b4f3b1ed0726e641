using System.Text.Json;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Messages;

/// <summary>Reads messages out of the content of a span, in whichever convention it has them: OpenTelemetry GenAI, OpenInference, or the numbered keys of OpenLLMetry.</summary>
internal static class MessageReader
{
    public static CallMessages Read(SpanContent? content)
    {
        if (content is null)
        {
            return CallMessages.None;
        }

        using var document = JsonDocument.Parse(content.Attributes);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in document.RootElement.EnumerateObject())
        {
            attributes[attribute.Name] = TextOf(attribute.Value);
        }

        return new(
            FirstOf(
                () => GenAiInput(attributes),
                () => NumberedMessages.Read(attributes, "llm.input_messages"),
                () => NumberedMessages.Read(attributes, "gen_ai.prompt"),
                () => Whole(attributes, "input.value", "user")),
            FirstOf(
                () => GenAiMessages(attributes.GetValueOrDefault("gen_ai.output.messages")),
                () => NumberedMessages.Read(attributes, "llm.output_messages"),
                () => NumberedMessages.Read(attributes, "gen_ai.completion"),
                () => Whole(attributes, "output.value", "assistant")));
    }

    private static IReadOnlyList<RecordedMessage> FirstOf(params ReadOnlySpan<Func<IReadOnlyList<RecordedMessage>>> ways)
    {
        foreach (var way in ways)
        {
            if (way() is { Count: > 0 } messages)
            {
                return messages;
            }
        }

        return [];
    }

    private static IReadOnlyList<RecordedMessage> GenAiInput(Dictionary<string, string> attributes)
    {
        var messages = GenAiMessages(attributes.GetValueOrDefault("gen_ai.input.messages"));
        var instructions = Parsed(attributes.GetValueOrDefault("gen_ai.system_instructions"), static root => root.ValueKind == JsonValueKind.Array ? Parts(root) : []);
        return instructions is { Count: > 0 } ? [new("system", instructions), .. messages] : messages;
    }

    private static IReadOnlyList<RecordedMessage> GenAiMessages(string? json) => Parsed<IReadOnlyList<RecordedMessage>>(json, static root => root.ValueKind != JsonValueKind.Array ? [] :
    [
        .. root.EnumerateArray().Where(static message => message.ValueKind == JsonValueKind.Object).Select(static message => new RecordedMessage(
            Member(message, "role") ?? "unknown",
            message.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array ? Parts(parts) : [],
            Member(message, "finish_reason"))),
    ]) ?? [];

    private static IReadOnlyList<MessagePart> Parts(JsonElement parts) =>
        [.. parts.EnumerateArray().Where(static part => part.ValueKind == JsonValueKind.Object).Select(PartOf)];

    private static MessagePart PartOf(JsonElement part)
    {
        var kind = Member(part, "type") ?? "unknown";
        return kind switch
        {
            MessagePart.Plain or MessagePart.Reasoning => new(kind, Member(part, "content") ?? string.Empty),
            MessagePart.ToolCall => new(kind, Member(part, "arguments") ?? string.Empty, Member(part, "name")),
            "tool_call_response" => new(kind, Member(part, "response") ?? Member(part, "result") ?? string.Empty),
            _ => new(kind, part.GetRawText()),
        };
    }

    private static IReadOnlyList<RecordedMessage> Whole(Dictionary<string, string> attributes, string key, string role) =>
        attributes.TryGetValue(key, out var text) ? [new(role, [new(MessagePart.Plain, text)])] : [];

    private static string? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Reads JSON that whoever wrote the span made; nothing where it is none.</summary>
    private static T? Parsed<T>(string? json, Func<JsonElement, T> read)
        where T : class
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(JsonHalves.Repair(json));
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
