using System.Text.Json;
using System.Text.Json.Serialization;
using AiObs.Cost;

namespace AiObs.Store.Sql.Costs;

/// <summary>Writes a usage as an object: a member for each unit.</summary>
internal sealed class UsageQuantitiesConverter : JsonConverter<UsageQuantities>
{
    /// <inheritdoc/>
    public override UsageQuantities Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<UsageQuantity> quantities = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var unit = reader.GetString()!;
            reader.Read();
            quantities.Add(new UsageQuantity(unit, reader.GetDecimal()));
        }

        return new UsageQuantities(quantities);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UsageQuantities value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var quantity in value.All)
        {
            writer.WriteNumber(quantity.Unit, quantity.Value);
        }

        writer.WriteEndObject();
    }
}
