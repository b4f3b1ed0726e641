using System.Globalization;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>Cuts content that is longer than allowed, and says so in the place of what is missing.</summary>
/// <remarks>What is kept is as long as allowed; the remark comes on top of it.</remarks>
internal sealed class ContentLimit(int limit, Faults faults)
{
    private const string Part = "content_limit";

    public string Text(string text)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        faults.Drop(Part);
        return string.Create(CultureInfo.InvariantCulture, $"{Head(text)}… [truncated, {text.Length} characters in all]");
    }

    /// <summary>Cuts a JSON document; the result is a JSON object that holds the head of it as text.</summary>
    public string Json(string json)
    {
        if (json.Length <= limit)
        {
            return json;
        }

        faults.Drop(Part);
        return MessageJson.Write((Limit: this, Json: json), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("truncated"u8, state.Limit.Head(state.Json));
            writer.WriteNumber("length"u8, state.Json.Length);
            writer.WriteEndObject();
        });
    }

    /// <summary>Takes the head, one character shorter where the cut would split a surrogate pair.</summary>
    private ReadOnlySpan<char> Head(string text) => text.AsSpan(0, char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit);
}
