using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>Writes a message that cannot be written as a whole: member by member, and without those for which it cannot be.</summary>
internal sealed class MessageSalvage
{
    /// <summary>Names the type of a content that nobody registered, among its additional properties.</summary>
    public const string TypeName = "aiobs.type";

    /// <summary>How deep contents may lie in contents. A result of a tool holds some, an approval holds a call that holds some; what is deeper holds itself.</summary>
    private const int MaxNesting = 8;

    private readonly JsonSerializerOptions _options;
    private readonly Utf8JsonWriter _writer;
    private readonly JsonTypeInfo _contentInfo;
    private int _lostCount;

    private MessageSalvage(JsonSerializerOptions options, Utf8JsonWriter writer)
    {
        _options = options;
        _writer = writer;
        _contentInfo = options.GetTypeInfo(typeof(AIContent));
    }

    /// <summary>Writes a message, and tells how many contents and values were not written, or not in full.</summary>
    public static string Write(ChatMessage message, JsonSerializerOptions options, out int lostCount)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = options.Encoder, MaxDepth = ChatMessageJson.MaxReadDepth }))
        {
            var salvage = new MessageSalvage(options, writer);
            writer.WriteStartObject();
            salvage.WriteMembers(options.GetTypeInfo(typeof(ChatMessage)), message, unregistered: null, MaxNesting);
            writer.WriteEndObject();
            lostCount = salvage._lostCount;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteContent(AIContent content, int nesting)
    {
        if (TryWrite(writer => ContentListConverter.WriteContent(writer, content, _options)) is { } json)
        {
            _writer.WriteRawValue(json.Span, skipInputValidation: true);
            return;
        }

        var known = FindKnown(content.GetType());
        var isRegistered = known.DerivedType == content.GetType();
        _lostCount += isRegistered ? 0 : 1;
        _writer.WriteStartObject();
        if (known.TypeDiscriminator is string discriminator)
        {
            _writer.WriteString(_contentInfo.PolymorphismOptions!.TypeDiscriminatorPropertyName, discriminator);
        }

        WriteMembers(_options.GetTypeInfo(known.DerivedType), content, isRegistered ? null : content.GetType().FullName, nesting - 1);
        _writer.WriteEndObject();
    }

    /// <summary>Finds how a type is registered, or the nearest of those that it derives from: a call of an unknown kind still has the id of a call.</summary>
    private JsonDerivedType FindKnown(Type type)
    {
        for (var known = type; known is not null && known != typeof(AIContent); known = known.BaseType)
        {
            foreach (var derived in _contentInfo.PolymorphismOptions?.DerivedTypes ?? [])
            {
                if (derived.DerivedType == known && _options.GetTypeInfo(known).Kind == JsonTypeInfoKind.Object)
                {
                    return derived;
                }
            }
        }

        return new(typeof(AIContent));
    }

    private void WriteMembers(JsonTypeInfo info, object target, string? unregistered, int nesting)
    {
        foreach (var property in info.Properties)
        {
            var value = TryGet(property, target);
            if (property.PropertyType == typeof(AdditionalPropertiesDictionary) && unregistered is not null)
            {
                value = new AdditionalPropertiesDictionary(value as AdditionalPropertiesDictionary ?? []) { [TypeName] = unregistered };
            }

            if (value is not null)
            {
                WriteMember(property, value, nesting);
            }
        }
    }

    private object? TryGet(JsonPropertyInfo property, object target)
    {
        try
        {
            return property.Get?.Invoke(target);
        }
#pragma warning disable CA1031 // A getter of the application's own.
        catch (Exception)
#pragma warning restore CA1031
        {
            _lostCount++;
            return null;
        }
    }

    private void WriteMember(JsonPropertyInfo property, object value, int nesting)
    {
        var isResult = property.CustomConverter is FunctionResultConverter;
        switch (value)
        {
            case AIContent content when nesting > 0:
                _writer.WritePropertyName(property.Name);
                WriteNamed(isResult ? FunctionResultConverter.ContentName : null, () => WriteContent(content, nesting));
                break;

            case IEnumerable<AIContent> contents when nesting > 0:
                _writer.WritePropertyName(property.Name);
                WriteNamed(isResult ? FunctionResultConverter.ContentsName : null, () => WriteContents(contents, nesting));
                break;

            case IDictionary<string, object?> members when !isResult:
                WriteEntries(property.Name, members);
                break;

            case var other when isResult:
                WriteValue(property.Name, writer => new FunctionResultConverter().Write(writer, other, _options));
                break;

            default:
                WriteValue(property.Name, writer => JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(property.PropertyType)));
                break;
        }
    }

    /// <summary>Writes contents that a tool returned under the name that tells so.</summary>
    private void WriteNamed(string? name, Action write)
    {
        if (name is null)
        {
            write();
            return;
        }

        _writer.WriteStartObject();
        _writer.WritePropertyName(name);
        write();
        _writer.WriteEndObject();
    }

    private void WriteContents(IEnumerable<AIContent> contents, int nesting)
    {
        _writer.WriteStartArray();
        foreach (var content in contents.Where(static content => content is not null))
        {
            WriteContent(content, nesting);
        }

        _writer.WriteEndArray();
    }

    private void WriteEntries(string name, IDictionary<string, object?> members)
    {
        _writer.WriteStartObject(name);
        foreach (var (key, value) in members)
        {
            WriteValue(key, writer => JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(typeof(object))));
        }

        _writer.WriteEndObject();
    }

    private void WriteValue(string name, Action<Utf8JsonWriter> write)
    {
        if (TryWrite(write) is { } json)
        {
            _writer.WritePropertyName(name);
            _writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
        else
        {
            _lostCount++;
        }
    }

    private ReadOnlyMemory<byte>? TryWrite(Action<Utf8JsonWriter> write)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer, new() { Encoder = _options.Encoder, MaxDepth = _options.MaxDepth });
            write(writer);
            writer.Flush();
            return buffer.WrittenMemory;
        }
#pragma warning disable CA1031 // A getter or a converter of the application's own may throw anything, which costs this value alone.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
