using System.Globalization;

namespace AiObs.Dashboard.Messages;

/// <summary>Reads messages whose members are attributes of their own, as <c>llm.input_messages.0.message.role</c> and <c>gen_ai.prompt.0.content</c> are.</summary>
internal static class NumberedMessages
{
    public static IReadOnlyList<RecordedMessage> Read(IReadOnlyDictionary<string, string> attributes, string prefix)
    {
        var messages = new List<RecordedMessage>();
        foreach (var keys in Numbered(attributes.Keys, prefix + "."))
        {
            // OpenInference has each message in a member of its own name. Where a member comes under both names, the last holds.
            var members = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, member) in keys)
            {
                members[member.StartsWith("message.", StringComparison.Ordinal) ? member["message.".Length..] : member] = attributes[name];
            }

            messages.Add(new(
                members.GetValueOrDefault("role") ?? "unknown",
                PartsOf(members),
                members.GetValueOrDefault("finish_reason")));
        }

        return messages;
    }

    private static List<MessagePart> PartsOf(Dictionary<string, string> members)
    {
        var parts = new List<MessagePart>();
        if (members.GetValueOrDefault("content") is { Length: > 0 } content)
        {
            parts.Add(new(members.ContainsKey("tool_call_id") ? "tool_call_response" : MessagePart.Plain, content));
        }

        foreach (var part in Numbered(members.Keys, "contents."))
        {
            var text = part.FirstOrDefault(static key => key.Member is "message_content.text");
            var kind = part.FirstOrDefault(static key => key.Member is "message_content.type");
            parts.Add(text.Name is not null
                ? new(MessagePart.Plain, members[text.Name])
                : new(kind.Name is null ? "unknown" : members[kind.Name], string.Join('\n', part.Select(key => $"{key.Member}: {members[key.Name]}"))));
        }

        foreach (var call in Numbered(members.Keys, "tool_calls."))
        {
            parts.Add(new(
                MessagePart.ToolCall,
                Member(call, members, "tool_call.function.arguments", "arguments") ?? string.Empty,
                Member(call, members, "tool_call.function.name", "name")));
        }

        return parts;
    }

    private static string? Member(IEnumerable<(string Name, string Member)> keys, Dictionary<string, string> members, params string[] names) =>
        keys.Where(key => names.Contains(key.Member, StringComparer.Ordinal)).Select(key => members[key.Name]).FirstOrDefault();

    /// <summary>Returns the keys below a prefix by their number, in the order of the numbers.</summary>
    private static IEnumerable<IGrouping<int, (string Name, string Member)>> Numbered(IEnumerable<string> keys, string prefix) => keys
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key => (Name: key, Tail: key[prefix.Length..]))
        .Where(static key => key.Tail.IndexOf('.', StringComparison.Ordinal) > 0)
        .Select(static key => (key.Name, Number: key.Tail[..key.Tail.IndexOf('.', StringComparison.Ordinal)], Member: key.Tail[(key.Tail.IndexOf('.', StringComparison.Ordinal) + 1)..]))
        .Where(static key => int.TryParse(key.Number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .GroupBy(static key => int.Parse(key.Number, CultureInfo.InvariantCulture), static key => (key.Name, key.Member))
        .OrderBy(static group => group.Key);
}
