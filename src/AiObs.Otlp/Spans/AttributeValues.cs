using System.Globalization;
using System.Text.Json;
using AiObs.Operations.Content;
using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Spans;

/// <summary>Makes tags of attribute values: single values and lists of one type as they are, anything else as JSON.</summary>
internal static class AttributeValues
{
    /// <summary>Returns the value; <see langword="null"/> where there is none.</summary>
    public static object? Of(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        AnyValue.ValueOneofCase.ArrayValue => List(value),
        AnyValue.ValueOneofCase.KvlistValue => Json(value),
        _ => null,
    };

    private static object List(AnyValue value)
    {
        var items = value.ArrayValue.Values;
        return items.All(static item => item.ValueCase == AnyValue.ValueOneofCase.StringValue) ? items.Select(static item => item.StringValue).ToArray()
            : items.All(static item => item.ValueCase == AnyValue.ValueOneofCase.BoolValue) ? items.Select(static item => item.BoolValue).ToArray()
            : items.All(static item => item.ValueCase == AnyValue.ValueOneofCase.IntValue) ? items.Select(static item => item.IntValue).ToArray()
            : items.All(static item => item.ValueCase == AnyValue.ValueOneofCase.DoubleValue) ? items.Select(static item => item.DoubleValue).ToArray()
            : Json(value);
    }

    private static string Json(AnyValue value) => MessageJson.Write(value, static (writer, value) => Write(writer, value));

    private static void Write(Utf8JsonWriter writer, AnyValue? value)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.ArrayValue:
                writer.WriteStartArray();
                foreach (var item in value.ArrayValue.Values)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                writer.WriteStartObject();
                foreach (var member in value.KvlistValue.Values)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            default:
                WriteSingle(writer, value);
                break;
        }
    }

    private static void WriteSingle(Utf8JsonWriter writer, AnyValue? value)
    {
        switch (Of(value))
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double real when double.IsFinite(real):
                writer.WriteNumberValue(real);
                break;
            case double real:
                writer.WriteStringValue(real.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
