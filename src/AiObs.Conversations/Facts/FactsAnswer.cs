using System.Text.Json;
using System.Text.Json.Serialization;
using AiObs.Facts;

namespace AiObs.Conversations.Facts;

/// <summary>Reads what a model answers that was asked for facts.</summary>
internal sealed partial class FactsAnswer
{
    public List<Item>? Facts { get; init; }

    /// <exception cref="FactExtractionException">It is not what was asked for.</exception>
    public static IReadOnlyList<Item> Read(string text)
    {
        // Models like to put JSON into a block of Markdown, or a word before it.
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            throw new FactExtractionException(text.Length == 0 ? "The model gave an empty answer, where JSON with facts was asked for." : $"The model answered {text.Length} characters of prose, where JSON with facts was asked for.");
        }

        try
        {
            var answer = JsonSerializer.Deserialize(text.AsSpan(start, end - start + 1), Json.Default.FactsAnswer);
            return answer?.Facts is { } facts && facts.TrueForAll(static fact => fact is { Key: not null, Value: not null })
                ? facts
                : throw new FactExtractionException("The answer of the model has no \"facts\" with a \"key\" and a \"value\" each.");
        }
        catch (JsonException exception)
        {
            throw new FactExtractionException($"The answer of the model is no JSON with facts: {exception.Path ?? "it cannot be read"}.", exception);
        }
    }

    internal sealed class Item
    {
        public string? Key { get; init; }

        public string? Value { get; init; }

        public int? Message { get; init; }

        public double? Confidence { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
    [JsonSerializable(typeof(FactsAnswer))]
    private sealed partial class Json : JsonSerializerContext;
}
