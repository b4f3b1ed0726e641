using System.Globalization;
using System.Text.Json;
using AiObs.Dashboard.Mounting;
using AiObs.Store;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Export;

/// <summary>A trace as OTLP/JSON, which every receiver of OpenTelemetry takes.</summary>
internal static class OtlpJsonExport
{
    private const int Error = 2;
    private const int Internal = 1;
    private const long NanosecondsPerTick = 100;

    public static async Task WriteAsync(PageRequest page)
    {
        var traceId = page.Route("id");
        if (await page.Sources.Traces.FindAsync(traceId, page.Stop).ConfigureAwait(false) is null)
        {
            page.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ExportPages.Announce(page.Http.Response, "application/json", $"trace-{traceId}.json");
        var json = new Utf8JsonWriter(page.Http.Response.BodyWriter);
        await using var disposal = json.ConfigureAwait(false);
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        json.WriteStartObject();
        json.WriteStartArray("scopeSpans");
        for (string? cursor = null; ;)
        {
            var spans = await page.Sources.Traces.ListSpansAsync(
                new() { TraceId = traceId, Detail = page.ShowsContent ? SpanDetail.Content : SpanDetail.Attributes, PageSize = SpanQuery.MaxPageSize, Cursor = cursor },
                page.Stop).ConfigureAwait(false);
            foreach (var scope in spans.Spans.GroupBy(static span => span.Source, StringComparer.Ordinal))
            {
                WriteScope(json, scope);
            }

            await json.FlushAsync(page.Stop).ConfigureAwait(false);
            if ((cursor = spans.NextCursor) is null)
            {
                break;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, IGrouping<string, SpanRecord> scope)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", scope.Key);
        json.WriteEndObject();
        json.WriteStartArray("spans");
        foreach (var span in scope)
        {
            WriteSpan(json, span);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, SpanRecord span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentSpanId is { } parent)
        {
            json.WriteString("parentSpanId", parent);
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", Internal);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.Time));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.EndTime));
        json.WriteStartArray("attributes");
        WriteAttributes(json, span.Attributes);
        if (span.Content is { } content)
        {
            WriteAttributes(json, content.Attributes);
        }

        json.WriteEndArray();
        if (span.Events is { } events)
        {
            WriteEvents(json, events);
        }

        if (span.IsError)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", Error);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, string events)
    {
        using var document = JsonDocument.Parse(events);
        json.WriteStartArray("events");
        foreach (var happened in document.RootElement.EnumerateArray())
        {
            json.WriteStartObject();
            json.WriteString("name", happened.GetProperty("name").GetString());
            json.WriteString("timeUnixNano", Nanoseconds(happened.GetProperty("time").GetDateTimeOffset()));
            if (happened.TryGetProperty("attributes", out var attributes))
            {
                json.WriteStartArray("attributes");
                WriteAttributes(json, attributes);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, string attributes)
    {
        using var document = JsonDocument.Parse(attributes);
        WriteAttributes(json, document.RootElement);
    }

    private static void WriteAttributes(Utf8JsonWriter json, JsonElement attributes)
    {
        foreach (var attribute in attributes.EnumerateObject())
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Name);
            json.WritePropertyName("value");
            WriteValue(json, attribute.Value);
            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBoolean("boolValue", value.GetBoolean());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                json.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.Number:
                json.WriteNumber("doubleValue", value.GetDouble());
                break;
            case JsonValueKind.Array:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in value.EnumerateArray())
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject("kvlistValue");
                json.WriteStartArray("values");
                WriteAttributes(json, value);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case JsonValueKind.String:
                json.WriteString("stringValue", value.GetString());
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a time as a count without a sign, which reaches further than one with it: what is earlier than its start is at it, what is later than its end is there.</summary>
    private static string Nanoseconds(DateTimeOffset time) =>
        ulong.CreateSaturating((Int128)(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
