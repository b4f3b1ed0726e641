using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Reads a short name from properties that may hold anything.</summary>
internal static class NamedProperty
{
    public const int LongestName = 64;

    public static string? Find(AdditionalPropertiesDictionary? properties, string[] names)
    {
        if (properties is not null)
        {
            foreach (var name in names)
            {
                if (properties.TryGetValue(name, out var value) && Text(value) is { Length: > 0 and <= LongestName } text)
                {
                    return text;
                }
            }
        }

        return null;
    }

    /// <summary>SDKs have enumerations and small structures for such names, which are themselves as text.</summary>
    private static string? Text(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => Text(json),
        JsonElement => null,
        ValueType name => name.ToString(),
        _ => null,
    };

    private static string? Text(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no name.
            return null;
        }
    }
}
