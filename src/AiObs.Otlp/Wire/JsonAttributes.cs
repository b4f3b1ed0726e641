using System.Text.Json;
using AiObs.Otlp.Proto;
using Google.Protobuf;

namespace AiObs.Otlp.Wire;

/// <summary>Reads attributes and their values.</summary>
internal static class JsonAttributes
{
    public static IEnumerable<KeyValue> Read(JsonElement element, ReadOnlySpan<byte> name)
    {
        var attributes = new List<KeyValue>();
        foreach (var item in JsonValues.Items(element, name))
        {
            attributes.Add(new() { Key = JsonValues.Text(item, "key"u8), Value = JsonValues.Member(item, "value"u8) is { } value ? ReadValue(value) : null });
        }

        return attributes;
    }

    private static AnyValue ReadValue(JsonElement element)
    {
        var value = new AnyValue();
        foreach (var member in JsonValues.AsObject(element).EnumerateObject())
        {
            if (member.NameEquals("stringValue"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                value.StringValue = JsonValues.TextOf(member.Value);
            }
            else if (member.NameEquals("boolValue"u8) && member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                value.BoolValue = member.Value.GetBoolean();
            }
            else if (member.NameEquals("intValue"u8) && JsonValues.Signed(member.Value) is { } whole)
            {
                value.IntValue = whole;
            }
            else if (member.NameEquals("doubleValue"u8) && JsonValues.Real(member.Value) is { } real)
            {
                value.DoubleValue = real;
            }
            else
            {
                ReadLarge(member, value);
            }
        }

        return value;
    }

    private static void ReadLarge(JsonProperty member, AnyValue value)
    {
        if (member.NameEquals("arrayValue"u8))
        {
            value.ArrayValue = new();
            foreach (var item in JsonValues.Items(JsonValues.AsObject(member.Value), "values"u8))
            {
                value.ArrayValue.Values.Add(ReadValue(item));
            }
        }
        else if (member.NameEquals("kvlistValue"u8))
        {
            value.KvlistValue = new();
            value.KvlistValue.Values.AddRange(Read(JsonValues.AsObject(member.Value), "values"u8));
        }
        else if (member.NameEquals("bytesValue"u8) && member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetBytesFromBase64(out var bytes))
        {
            value.BytesValue = ByteString.CopyFrom(bytes);
        }
    }
}
