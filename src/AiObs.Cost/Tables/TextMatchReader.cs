using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Reads conditions such as <c>{"or":[{"equals":"gpt-4o"},{"starts_with":"gpt-4o-"}]}</c>.</summary>
internal static class TextMatchReader
{
    /// <summary>Reads the object at which the reader stands, and leaves it at the end of it.</summary>
    public static TextMatch Read(ref Utf8JsonReader reader)
    {
        JsonShape.Require(ref reader, JsonTokenType.StartObject, "A match");
        reader.Read();
        JsonShape.Require(ref reader, JsonTokenType.PropertyName, "A match");
        var kind = ReadKind(ref reader);
        reader.Read();
        var match = reader.TokenType == JsonTokenType.StartArray
            ? new TextMatch(kind, ReadParts(ref reader))
            : new TextMatch(kind, JsonShape.Text(ref reader, "A match"));
        reader.Read();
        JsonShape.Require(ref reader, JsonTokenType.EndObject, "A match");

        return match.IsWhole ? match : throw new InvalidDataException("A match with parts is \"or\" or \"and\", one with a text is neither.");
    }

    private static TextMatchKind ReadKind(ref Utf8JsonReader reader) => reader.GetString() switch
    {
        "equals" => TextMatchKind.EqualTo,
        "starts_with" => TextMatchKind.StartsWith,
        "ends_with" => TextMatchKind.EndsWith,
        "contains" => TextMatchKind.Contains,
        "regex" => TextMatchKind.Pattern,
        "or" => TextMatchKind.AnyOf,
        "and" => TextMatchKind.AllOf,
        var other => throw new InvalidDataException($"A match has the unknown kind \"{other}\"."),
    };

    private static TextMatch[] ReadParts(ref Utf8JsonReader reader)
    {
        var parts = new List<TextMatch>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            parts.Add(Read(ref reader));
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, "A match");
        return [.. parts];
    }
}
