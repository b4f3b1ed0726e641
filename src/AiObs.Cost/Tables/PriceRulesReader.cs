using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Reads the providers of a price table in one pass.</summary>
internal static class PriceRulesReader
{
    // The data is five levels deep; conditions within conditions may make it deeper.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <exception cref="JsonException">The data is no JSON, or too deep.</exception>
    /// <exception cref="InvalidDataException">The data has another shape.</exception>
    /// <exception cref="ArgumentException">A rate is not valid.</exception>
    public static PriceRules Read(ReadOnlySpan<byte> json, string version)
    {
        var reader = new Utf8JsonReader(json, Options);
        var providers = new List<ProviderRule>();
        reader.Read();
        JsonShape.Require(ref reader, JsonTokenType.StartArray, "The data");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            providers.Add(ReadProvider(ref reader, version));
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, "The list of providers");
        reader.Read();
        return new([.. providers], version);
    }

    private static ProviderRule ReadProvider(ref Utf8JsonReader reader, string version)
    {
        var provider = new ProviderRule();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            provider = property switch
            {
                "id" => provider with { Id = JsonShape.Text(ref reader, "A provider's id") },
                "api_pattern" => provider with { Address = new($"^(?:{JsonShape.Text(ref reader, "A provider's api_pattern")})") },
                "provider_match" => provider with { Names = TextMatchReader.Read(ref reader) },
                "model_match" => provider with { ModelNames = TextMatchReader.Read(ref reader) },
                "fallback_model_providers" => provider with { Resells = ReadTexts(ref reader) },
                "models" => provider with { Models = ReadModels(ref reader, provider.Id, version) },
                _ => Skip(ref reader, provider),
            };
        }

        return provider.Id.Length == 0 ? throw new InvalidDataException("A provider has no id.") : provider;
    }

    private static ProviderRule Skip(ref Utf8JsonReader reader, ProviderRule provider)
    {
        reader.Skip();

        return provider;
    }

    private static ModelRule[] ReadModels(ref Utf8JsonReader reader, string provider, string version)
    {
        if (provider.Length == 0)
        {
            throw new InvalidDataException("A provider's id must stand before its models.");
        }

        var models = new List<ModelRule>();
        JsonShape.Require(ref reader, JsonTokenType.StartArray, $"The list of models of provider {provider}");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            models.Add(ReadModel(ref reader, provider, version));
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, $"The list of models of provider {provider}");
        return [.. models];
    }

    private static ModelRule ReadModel(ref Utf8JsonReader reader, string provider, string version)
    {
        string? id = null;
        TextMatch? match = null;
        PriceSchedule? prices = null;
        int? contextWindow = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "id":
                    id = JsonShape.Text(ref reader, "A model's id");
                    break;
                case "match":
                    match = TextMatchReader.Read(ref reader);
                    break;
                case "prices":
                    var model = id ?? throw new InvalidDataException($"A model's id must stand before its prices (provider {provider}).");
                    prices = new PriceScheduleReader(provider, model, version).Read(ref reader);
                    break;
                case "context_window":
                    contextWindow = ReadContextWindow(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return match is null || prices is null
            ? throw new InvalidDataException($"Model {id} of provider {provider} has no match or no prices.")
            : new(id!, match, prices) { ContextWindow = contextWindow };
    }

    /// <summary>Reads what no price hangs on: a value of another shape is as good as none.</summary>
    private static int? ReadContextWindow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt32(out var tokens) && tokens > 0 ? tokens : null;
        }

        reader.Skip();
        return null;
    }

    private static string[] ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        JsonShape.Require(ref reader, JsonTokenType.StartArray, "A list of providers whose models are resold");
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, "A list of providers whose models are resold");
        return [.. texts];
    }
}
