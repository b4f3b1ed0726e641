using System.Buffers;
using System.Diagnostics;
using System.Text;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>Copies a request of OTLP, with masked values in the place of those that the events of its spans have.</summary>
/// <param name="masked">What is masked, by span.</param>
internal sealed class MaskedRequest(IReadOnlyDictionary<ActivitySpanId, MaskedEvents> masked)
{
    private const int SpanId = 2;
    private const int SpanEvents = 11;
    private const int EventAttributes = 3;
    private const int Key = 1;
    private const int Value = 2;
    private const int StringValue = 1;
    private const int ArrayValue = 5;
    private const int ArrayItem = 1;

    /// <summary>The spans of a resource stand in scopes, and resources in the request.</summary>
    private static readonly int[] PathToSpans = [1, 2, 2];

    public byte[] Write(byte[] request)
    {
        var output = new ArrayBufferWriter<byte>(request.Length);
        CopyDown(request, output, level: 0);
        return output.WrittenSpan.ToArray();
    }

    private void CopyDown(ReadOnlySpan<byte> message, ArrayBufferWriter<byte> output, int level)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            if (fields.Number != PathToSpans[level])
            {
                output.Write(fields.Whole);
                continue;
            }

            var inner = new ArrayBufferWriter<byte>(Math.Max(1, fields.Content.Length));
            if (level < PathToSpans.Length - 1)
            {
                CopyDown(fields.Content, inner, level + 1);
            }
            else
            {
                CopySpan(fields.Content, inner);
            }

            ProtobufWriter.Write(output, fields.Number, inner.WrittenSpan);
        }
    }

    private void CopySpan(ReadOnlySpan<byte> span, ArrayBufferWriter<byte> output)
    {
        if (!masked.TryGetValue(IdOf(span), out var events))
        {
            output.Write(span);
            return;
        }

        var fields = new ProtobufReader(span);
        var index = 0;
        while (fields.Read())
        {
            if (fields.Number == SpanEvents)
            {
                CopyEvent(fields.Content, output, events, index++);
            }
            else
            {
                output.Write(fields.Whole);
            }
        }
    }

    private static ActivitySpanId IdOf(ReadOnlySpan<byte> span)
    {
        var fields = new ProtobufReader(span);
        while (fields.Read())
        {
            if (fields.Number == SpanId)
            {
                return ActivitySpanId.CreateFromBytes(fields.Content);
            }
        }

        return default;
    }

    private static void CopyEvent(ReadOnlySpan<byte> item, ArrayBufferWriter<byte> output, MaskedEvents events, int index)
    {
        var copy = new ArrayBufferWriter<byte>(Math.Max(1, item.Length));
        var fields = new ProtobufReader(item);
        while (fields.Read())
        {
            if (fields.Number != EventAttributes || !events.TryFind(index, KeyOf(fields.Content), out var value))
            {
                copy.Write(fields.Whole);
            }
            else if (value is not null)
            {
                WriteAttribute(copy, KeyOf(fields.Content), value);
            }
        }

        ProtobufWriter.Write(output, SpanEvents, copy.WrittenSpan);
    }

    private static string KeyOf(ReadOnlySpan<byte> attribute)
    {
        var fields = new ProtobufReader(attribute);
        while (fields.Read())
        {
            if (fields.Number == Key)
            {
                return Encoding.UTF8.GetString(fields.Content);
            }
        }

        return "";
    }

    private static void WriteAttribute(ArrayBufferWriter<byte> output, string key, object value)
    {
        var attribute = new ArrayBufferWriter<byte>();
        ProtobufWriter.Write(attribute, Key, Encoding.UTF8.GetBytes(key));
        ProtobufWriter.Write(attribute, Value, ValueOf(value));
        ProtobufWriter.Write(output, EventAttributes, attribute.WrittenSpan);
    }

    /// <summary>Writes what masking leaves, which is a text or a list of texts.</summary>
    private static ReadOnlySpan<byte> ValueOf(object value)
    {
        var written = new ArrayBufferWriter<byte>();
        if (value is string[] texts)
        {
            var items = new ArrayBufferWriter<byte>();
            foreach (var text in texts)
            {
                ProtobufWriter.Write(items, ArrayItem, ValueOf(text));
            }

            ProtobufWriter.Write(written, ArrayValue, items.WrittenSpan);
        }
        else
        {
            ProtobufWriter.Write(written, StringValue, Encoding.UTF8.GetBytes((string)value));
        }

        return written.WrittenSpan;
    }
}
