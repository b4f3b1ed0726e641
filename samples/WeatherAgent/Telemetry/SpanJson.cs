using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeatherAgent.Telemetry;

/// <summary>Writes a span as one line of JSON; attributes keep their types.</summary>
internal static class SpanJson
{
    // Readable for people; control characters are escaped all the same.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Activity span)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("traceId", span.TraceId.ToHexString());
            json.WriteString("spanId", span.SpanId.ToHexString());
            json.WriteString("parentSpanId", span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString());
            json.WriteString("source", span.Source.Name);
            json.WriteString("name", span.DisplayName);
            json.WriteString("kind", span.Kind.ToString());
            json.WriteString("startTime", span.StartTimeUtc);
            json.WriteNumber("durationMs", span.Duration.TotalMilliseconds);
            WriteStatus(json, span);
            WriteAttributes(json, span.TagObjects);
            WriteEvents(json, span);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteStatus(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject("status");
        json.WriteString("code", span.Status.ToString());
        json.WriteString("description", span.StatusDescription);
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartArray("events");
        foreach (var spanEvent in span.Events)
        {
            json.WriteStartObject();
            json.WriteString("name", spanEvent.Name);
            json.WriteString("time", spanEvent.Timestamp.UtcDateTime);
            WriteAttributes(json, spanEvent.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        json.WriteStartObject("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            // JSON has no number for these.
            case double number when !double.IsFinite(number):
                json.WriteStringValue(FormattableString.Invariant($"{number}"));
                break;
            default:
                JsonSerializer.Serialize(json, value);
                break;
        }
    }
}
