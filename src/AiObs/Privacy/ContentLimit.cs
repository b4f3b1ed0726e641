using System.Globalization;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>Cuts content that is longer than allowed, and says so in the place of what is missing.</summary>
internal static class ContentLimit
{
    public static string Text(string text, int limit) =>
        text.Length <= limit
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{Head(text, limit)}… [truncated, {text.Length} characters in all]");

    /// <summary>Cuts a JSON document; the result is a JSON object that holds the head of it as text.</summary>
    public static string Json(string json, int limit) => json.Length <= limit
        ? json
        : MessageJson.Write((Json: json, Limit: limit), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("truncated"u8, Head(state.Json, state.Limit));
            writer.WriteNumber("length"u8, state.Json.Length);
            writer.WriteEndObject();
        });

    private static ReadOnlySpan<char> Head(string text, int limit) =>
        text.AsSpan(0, char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit);
}
