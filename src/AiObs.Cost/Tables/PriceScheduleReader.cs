using System.Globalization;
using System.Text.Json;
using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>Reads the prices of one model: a map of rates, or a list of maps with conditions.</summary>
internal readonly struct PriceScheduleReader(string provider, string model, string version)
{
    private string Where => $"A price of model {model} of provider {provider}";

    public PriceSchedule Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return new([new(default, ReadPrice(ref reader))]);
        }

        JsonShape.Require(ref reader, JsonTokenType.StartArray, Where);
        var entries = new List<ScheduledPrice>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            entries.Add(ReadEntry(ref reader));
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, Where);
        return entries.Count == 0
            ? throw new InvalidDataException($"Model {model} of provider {provider} has an empty list of prices.")
            : new([.. entries]);
    }

    private ScheduledPrice ReadEntry(ref Utf8JsonReader reader)
    {
        var condition = default(PriceCondition);
        ModelPrice? price = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            JsonShape.Require(ref reader, JsonTokenType.StartObject, Where);
            switch (property)
            {
                case "constraint":
                    condition = ReadCondition(ref reader);
                    break;
                case "prices":
                    price = ReadPrice(ref reader);
                    break;
                default:
                    throw Unknown(property);
            }
        }

        return new(condition, price ?? throw new InvalidDataException($"An entry of model {model} of provider {provider} has no prices."));
    }

    private static PriceCondition ReadCondition(ref Utf8JsonReader reader)
    {
        var condition = default(PriceCondition);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            var value = JsonShape.Text(ref reader, "A price's constraint");
            condition = property switch
            {
                "start_date" => condition with { From = DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) },
                "start_time" => condition with { DailyStart = ReadTime(value) },
                "end_time" => condition with { DailyEnd = ReadTime(value) },
                "type" => condition,
                _ => throw new InvalidDataException($"A price has the unknown constraint \"{property}\"."),
            };
        }

        return condition;
    }

    private static TimeOnly ReadTime(string value) => TimeOnly.ParseExact(value, "HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private ModelPrice ReadPrice(ref Utf8JsonReader reader)
    {
        var rates = new List<KeyValuePair<string, UnitRate>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            rates.Add(new(key, ReadRate(ref reader)));
        }

        return ModelPrice.FromTable(
            provider, model, RateCard.Create(rates, provider, model), version, MinimumAudio.Of(provider, model));
    }

    private UnitRate ReadRate(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        JsonShape.Require(ref reader, JsonTokenType.StartObject, Where);
        decimal? first = null;
        var tiers = new List<RateTier>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "base":
                    first = reader.GetDecimal();
                    break;
                case "tiers":
                    ReadTiers(ref reader, tiers);
                    break;
                default:
                    throw Unknown(property);
            }
        }

        return new(first ?? throw new InvalidDataException($"{Where} has tiers without a base.")) { Tiers = tiers.ToArray() };
    }

    private void ReadTiers(ref Utf8JsonReader reader, List<RateTier> tiers)
    {
        JsonShape.Require(ref reader, JsonTokenType.StartArray, Where);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            tiers.Add(ReadTier(ref reader));
        }

        JsonShape.Require(ref reader, JsonTokenType.EndArray, Where);
    }

    private RateTier ReadTier(ref Utf8JsonReader reader)
    {
        long? start = null;
        decimal? rate = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "start":
                    start = reader.GetInt64();
                    break;
                case "price":
                    rate = reader.GetDecimal();
                    break;
                default:
                    throw Unknown(property);
            }
        }

        return start is { } tokens && rate is { } price
            ? new(tokens, price)
            : throw new InvalidDataException($"{Where} has a tier without its start or its price.");
    }

    private InvalidDataException Unknown(string? property) => new($"{Where} has the unknown member \"{property}\".");
}
