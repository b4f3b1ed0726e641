using System.Text.Json;

namespace AiObs.Cost.Units;

/// <summary>Reads the unit registry's data.</summary>
internal static class UnitReader
{
    public static List<UnitDefinition> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var dimensionBits = new Dictionary<(string Dimension, string Value), int>();
        var units = new List<UnitDefinition>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            units.Add(ReadUnit(ref reader, reader.GetString()!, dimensionBits));
        }

        return units;
    }

    private static UnitDefinition ReadUnit(
        ref Utf8JsonReader reader, string usageKey, Dictionary<(string Dimension, string Value), int> dimensionBits)
    {
        var unit = new UnitDefinition(usageKey, usageKey, 1, string.Empty, CostDirection.None, 0);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dimensions"u8))
            {
                unit = ReadDimensions(ref reader, unit, dimensionBits);
            }
            else if (reader.ValueTextEquals("per"u8))
            {
                reader.Read();
                unit = unit with { Per = reader.GetInt64() };
            }
            else if (reader.ValueTextEquals("price_key"u8))
            {
                reader.Read();
                unit = unit with { PriceKey = reader.GetString()! };
            }
            else
            {
                reader.Skip();
            }
        }

        return unit;
    }

    private static UnitDefinition ReadDimensions(
        ref Utf8JsonReader reader, UnitDefinition unit, Dictionary<(string Dimension, string Value), int> dimensionBits)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var dimension = reader.GetString()!;
            reader.Read();
            var value = reader.GetString()!;
            dimensionBits.TryAdd((dimension, value), dimensionBits.Count);
            unit = unit with { Dimensions = unit.Dimensions | (1UL << dimensionBits[(dimension, value)]) };
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
}
