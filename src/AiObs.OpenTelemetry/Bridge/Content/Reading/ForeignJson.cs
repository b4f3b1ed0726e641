using System.Text.Json;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Parses what other libraries wrote on one span: counts what cannot be read, and lets nothing escape.</summary>
internal sealed class ForeignJson
{
    /// <summary>No library writes more on purpose, and reading takes several times as much memory.</summary>
    private const int MaxLength = 8 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Gets how many texts could not be read.</summary>
    public int MalformedCount { get; private set; }

    /// <summary>Tells a document from a text that begins like one: prompts of some models begin with a word in brackets.</summary>
    public static bool IsMeant(string text)
    {
        var rest = text.AsSpan().TrimStart();
        if (rest.Length < 2 || rest[0] is not ('{' or '['))
        {
            return false;
        }

        var next = rest[1..].TrimStart();
        return next.IsEmpty || (rest[0] == '{' ? next[0] is '"' or '}' : next[0] is '{' or '[' or '"' or ']');
    }

    /// <summary>Parses a document that need not be one.</summary>
    public static JsonElement? Parse(string json)
    {
        try
        {
            return json.Length > MaxLength ? null : Decoded(json);
        }
        catch (Exception exception) when (IsOfBadInput(exception))
        {
            return null;
        }
    }

    /// <summary>Reads a document; <see langword="null"/> when it is none, or says nothing.</summary>
    public T? Read<T>(string json, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            if (Parse(json) is { } root)
            {
                return read(root);
            }
        }
        catch (Exception exception) when (IsOfBadInput(exception))
        {
            // Counted below.
        }

        MalformedCount++;
        return null;
    }

    /// <summary>Tells what bad input makes parsers throw: half a surrogate pair, for one, is no <see cref="JsonException"/>.</summary>
    public static bool IsOfBadInput(Exception exception) =>
        exception is JsonException or FormatException or ArgumentException or InvalidOperationException;

    /// <summary>Parses a document all of whose texts can be read later on: one with half of a surrogate pair would throw then.</summary>
    private static JsonElement Decoded(string json)
    {
        var root = JsonElement.Parse(json, Options);
        if (json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            Decode(root);
        }

        return root;
    }

    private static void Decode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
        }
    }
}
