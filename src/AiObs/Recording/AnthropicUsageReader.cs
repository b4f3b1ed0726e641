using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>Reads the objects of Anthropic's SDK, which keep what the provider sent, without a reference to it.</summary>
internal sealed class AnthropicUsageReader : IUsageReader
{
    private const int MostTypes = 256;
    private const string Assembly = "Anthropic";
    private const string ModelName = "Anthropic.Core.JsonModel";
    private const string EventName = "Anthropic.Models.Messages.RawMessageStreamEvent";

    private readonly ConcurrentDictionary<Type, Kind> _kinds = new();

    private enum Kind
    {
        Other,
        Message,
        StreamEvent,
    }

    public bool TryRead(object raw, ref ReportedUsage usage)
    {
        var kind = KindOf(raw.GetType());
        if (kind == Kind.StreamEvent)
        {
            RawUsageJson.Read(JsonMarshal.GetRawUtf8Value(JsonOf(raw)), ref usage);
        }
        else if (kind == Kind.Message && RawDataOf(raw).TryGetValue("usage", out var reported))
        {
            RawUsageJson.ReadUsage(JsonMarshal.GetRawUtf8Value(reported), ref usage);
        }

        return kind != Kind.Other;
    }

    private Kind KindOf(Type type)
    {
        if (_kinds.TryGetValue(type, out var kind))
        {
            return kind;
        }

        kind = Find(type);
        if (_kinds.Count < MostTypes)
        {
            _kinds[type] = kind;
        }

        return kind;
    }

    private static Kind Find(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Assembly.GetName().Name != Assembly)
            {
                continue;
            }

            if (current.FullName == EventName)
            {
                return Kind.StreamEvent;
            }

            if (current.FullName == ModelName)
            {
                return Kind.Message;
            }
        }

        return Kind.Other;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RawData")]
    private static extern IReadOnlyDictionary<string, JsonElement> RawDataOf([UnsafeAccessorType("Anthropic.Core.JsonModel, Anthropic")] object model);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Json")]
    private static extern JsonElement JsonOf([UnsafeAccessorType("Anthropic.Models.Messages.RawMessageStreamEvent, Anthropic")] object streamed);
}
