using System.Text.Json;

namespace AiObs.Cost.Tables;

/// <summary>Reads the providers of a price table in one pass.</summary>
internal static class PriceRulesReader
{
    public static PriceRules Read(ReadOnlySpan<byte> json, string version)
    {
        var reader = new Utf8JsonReader(json);
        var providers = new List<ProviderRule>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            providers.Add(ReadProvider(ref reader, version));
        }

        return new([.. providers]);
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
                "id" => provider with { Id = reader.GetString()! },
                "api_pattern" => provider with { Address = new($"^(?:{reader.GetString()})") },
                "provider_match" => provider with { Names = TextMatchReader.Read(ref reader) },
                "model_match" => provider with { ModelNames = TextMatchReader.Read(ref reader) },
                "fallback_model_providers" => provider with { Resells = ReadTexts(ref reader) },
                "models" => provider with { Models = ReadModels(ref reader, provider.Id, version) },
                _ => Skip(ref reader, provider),
            };
        }

        return provider;
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
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            models.Add(ReadModel(ref reader, provider, version));
        }

        return [.. models];
    }

    private static ModelRule ReadModel(ref Utf8JsonReader reader, string provider, string version)
    {
        string? id = null;
        TextMatch? match = null;
        PriceSchedule? prices = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "id":
                    id = reader.GetString();
                    break;
                case "match":
                    match = TextMatchReader.Read(ref reader);
                    break;
                case "prices":
                    var model = id ?? throw new InvalidDataException($"A model's id must stand before its prices (provider {provider}).");
                    prices = new PriceScheduleReader(provider, model, version).Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return match is null || prices is null
            ? throw new InvalidDataException($"Model {id} of provider {provider} has no match or no prices.")
            : new(id!, match, prices);
    }

    private static string[] ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return [.. texts];
    }
}
