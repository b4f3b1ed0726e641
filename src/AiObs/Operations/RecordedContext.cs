using System.Text.Json;
using AiObs.Operations.Content;

namespace AiObs.Operations;

/// <summary>What of a context stands on events and cost records, because the options name it.</summary>
/// <param name="Metadata">The chosen metadata, as text; <see langword="null"/> where there is none.</param>
/// <param name="Tags">The tags for events; <see langword="null"/> where there are none, or they are not wanted.</param>
internal sealed record RecordedContext(IReadOnlyDictionary<string, string>? Metadata, IReadOnlyList<string>? Tags)
{
    /// <summary>The most that is kept of a value, and no half of a character: it is a word to count by, and kept for good.</summary>
    public const int MostCharacters = 256;

    /// <summary>The key of the turn of a stored conversation, which always stands on cost records; events have it as a fact of its own.</summary>
    public const string TurnKey = "turn_id";

    /// <summary>Gets the turn of a stored conversation.</summary>
    public string? Turn => Metadata?.GetValueOrDefault(TurnKey);

    /// <summary>Chooses from a context that is redacted already; <see langword="null"/> where nothing of it is chosen.</summary>
    public static RecordedContext? Of(OperationContext context, IReadOnlyList<string> metadataKeys, bool hasTags)
    {
        SortedDictionary<string, string>? chosen = null;
        foreach (var key in metadataKeys)
        {
            if (context.Metadata?.TryGetValue(key, out var value) == true && value is not null)
            {
                (chosen ??= new(StringComparer.Ordinal))[key] = TextOf(value);
            }
        }

        if (context.TurnId is { } turn)
        {
            (chosen ??= new(StringComparer.Ordinal))[TurnKey] = turn;
        }

        var tags = hasTags ? context.Tags : null;
        return chosen is null && tags is null ? null : new(chosen, tags);
    }

    private static string TextOf(object value)
    {
        var text = value as string ?? PlainText(ValueJson.Write(value));
        return text.Length <= MostCharacters ? text : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
    }

    /// <summary>Takes the quotes off a value that JSON has as a text, such as an id.</summary>
    private static string PlainText(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ToString();
    }
}
