using System.Globalization;
using System.Text.Json;
using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>Reads the prices of one model: a map of rates, or a list of maps with conditions.</summary>
internal readonly struct PriceScheduleReader(string provider, string model, string version)
{
    public PriceSchedule Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return new([new(default, ReadPrice(ref reader))]);
        }

        var entries = new List<ScheduledPrice>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            entries.Add(ReadEntry(ref reader));
        }

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
            var isCondition = reader.ValueTextEquals("constraint"u8);
            reader.Read();
            if (isCondition)
            {
                condition = ReadCondition(ref reader);
            }
            else
            {
                price = ReadPrice(ref reader);
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
            var value = reader.GetString()!;
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

    private static UnitRate ReadRate(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        var start = 0m;
        var tiers = new List<RateTier>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBase = reader.ValueTextEquals("base"u8);
            reader.Read();
            if (isBase)
            {
                start = reader.GetDecimal();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                tiers.Add(ReadTier(ref reader));
            }
        }

        return new(start) { Tiers = tiers.ToArray() };
    }

    private static RateTier ReadTier(ref Utf8JsonReader reader)
    {
        var tier = default(RateTier);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStart = reader.ValueTextEquals("start"u8);
            reader.Read();
            tier = isStart ? tier with { Start = reader.GetInt64() } : tier with { Rate = reader.GetDecimal() };
        }

        return tier;
    }
}
