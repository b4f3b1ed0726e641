using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Cost.Units;

/// <summary>Reads the unit registry's data.</summary>
internal static class UnitReader
{
    public static List<UnitDefinition> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var bits = new Dictionary<string, int>(StringComparer.Ordinal);
        var units = new List<UnitDefinition>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            units.Add(ReadUnit(ref reader, reader.GetString()!, bits));
        }

        return units;
    }

    private static UnitDefinition ReadUnit(ref Utf8JsonReader reader, string usageKey, Dictionary<string, int> bits)
    {
        var unit = new UnitDefinition(usageKey, usageKey, 1, string.Empty, CostDirection.None, 0);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "dimensions":
                    unit = ReadDimensions(ref reader, unit, bits);
                    break;
                case "per":
                    unit = unit with { Per = reader.GetInt64() };
                    break;
                case "price_key":
                    unit = unit with { PriceKey = reader.GetString()! };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return unit;
    }

    private static UnitDefinition ReadDimensions(ref Utf8JsonReader reader, UnitDefinition unit, Dictionary<string, int> bits)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var dimension = reader.GetString()!;
            reader.Read();
            var value = reader.GetString()!;
            unit = unit with { Dimensions = unit.Dimensions | BitOf($"{dimension}={value}", bits) };
            unit = (dimension, value) switch
            {
                ("family", _) => unit with { Family = value },
                ("direction", "input") => unit with { Direction = CostDirection.Input },
                ("direction", "output") => unit with { Direction = CostDirection.Output },
                _ => unit,
            };
        }

        return unit;
    }

    private static ulong BitOf(string dimension, Dictionary<string, int> bits)
    {
        if (!bits.TryGetValue(dimension, out var bit))
        {
            bit = bits.Count;
            bits.Add(dimension, bit);
        }

        return 1UL << bit;
    }
}
