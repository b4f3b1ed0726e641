using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Holds price data to its shape: what stands where something else belongs is refused, never skipped.</summary>
internal static class JsonShape
{
    /// <exception cref="InvalidDataException">The reader stands at something else.</exception>
    public static void Require(ref Utf8JsonReader reader, JsonTokenType kind, string what)
    {
        if (reader.TokenType != kind)
        {
            throw new InvalidDataException($"{what} has {reader.TokenType} where {kind} belongs.");
        }
    }

    /// <summary>Reads the text at which the reader stands.</summary>
    /// <exception cref="InvalidDataException">The reader stands at something else.</exception>
    public static string Text(ref Utf8JsonReader reader, string what)
    {
        Require(ref reader, JsonTokenType.String, what);
        return reader.GetString()!;
    }
}
