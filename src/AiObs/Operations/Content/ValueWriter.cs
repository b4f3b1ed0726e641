using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AiObs.Operations.Content;

/// <summary>Writes one value as JSON: so many elements, levels and characters of it, and for so long. Pass it by reference.</summary>
/// <remarks>
/// Values belong to the application: they may be endless, contain themselves, throw, or change while they are read. Nothing here waits for
/// a task, reads a sequence that somebody else is to read, or lets anything that a value throws reach the caller.
/// </remarks>
internal ref struct ValueWriter
{
    /// <summary>How deep a value is written. Readers refuse documents deeper than 64, and a value stands some levels deep in its message.</summary>
    public const int MaxDepth = 24;

    /// <summary>How many members and elements are written, of all levels.</summary>
    public const int MaxElements = 10_000;

    /// <summary>How many characters are written before the next member or element is left out.</summary>
    public const int MaxLength = 4_000_000;

    private const string More = "[… and more]";
    private const string Unreadable = "[unreadable]";

    /// <summary>How long members and elements are read.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly long _start;
    private JsonText _json;
    private Ancestors _ancestors;
    private int _elements;

    /// <param name="clock">By which members and elements are read for so long and no longer.</param>
    public ValueWriter(TimeProvider clock)
    {
        _json = new();
        _clock = clock;
        _start = clock.GetTimestamp();
    }

    public void Write(object? value, int depth)
    {
        switch (value)
        {
            case null:
                _json.Append("null");
                break;
            case string text:
                _json.AppendString(text);
                break;
            case bool flag:
                _json.Append(flag ? "true" : "false");
                break;
            case int number:
                _json.Append(number);
                break;
            case long number:
                _json.Append(number);
                break;
            case JsonElement:
                Serialize(value, ValueJson.FindInfo(typeof(JsonElement)));
                break;
            case JsonNode:
                Serialize(value, ValueJson.FindInfo(typeof(JsonNode)));
                break;
            case Enum:
                _json.AppendString(value.ToString());
                break;
            case Task task:
                _json.AppendString(task.IsCompleted ? "[task, ended]" : "[task, running]");
                break;
            case Stream or Delegate or ValueTask:
                _json.AppendString(Describe(value));
                break;
            default:
                WriteFurther(value, depth);
                break;
        }
    }

    public void WriteMembers(IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        _ancestors[depth] = members;
        var count = 0;
        try
        {
            foreach (var (key, value) in members)
            {
                if (!TryBegin('{', ref count))
                {
                    break;
                }

                WriteMember(key, value, depth);
            }
        }
#pragma warning disable CA1031 // The application's own sequence may throw anything, and changes while somebody else writes to it.
        catch (Exception)
#pragma warning restore CA1031
        {
            Break('{', Unreadable, ref count);
        }

        _json.Append(count == 0 ? "{}" : "}");
    }

    public string End() => _json.End();

    private void WriteFurther(object value, int depth)
    {
        if (depth >= MaxDepth)
        {
            _json.AppendString("[too deep]");
        }
        else if (_ancestors.Contain(value, depth))
        {
            _json.AppendString("[contains itself]");
        }
        else if (value is IEnumerable<KeyValuePair<string, object?>> members && IsCollection(value))
        {
            WriteMembers(members, depth);
        }
        else
        {
            WriteByKind(value, FindInfo(value.GetType()), depth);
        }
    }

    private void WriteByKind(object value, JsonTypeInfo? info, int depth)
    {
        switch (value)
        {
            case var _ when info?.Kind == JsonTypeInfoKind.None:
                Serialize(value, info);
                break;
            case IDictionary members:
                WriteDictionary(members, depth);
                break;
            case IEnumerable elements when IsCollection(value):
                WriteElements(elements, depth);
                break;
            case IEnumerable:
                // Who is to read it may be able to do so once only, and it need not end.
                _json.AppendString("[sequence, not read]");
                break;
            case var _ when info?.Kind == JsonTypeInfoKind.Object && !IsValueTask(value):
                WriteProperties(value, info, depth);
                break;
            default:
                _json.AppendString(Describe(value));
                break;
        }
    }

    private void WriteDictionary(IDictionary members, int depth)
    {
        _ancestors[depth] = members;
        var count = 0;
        try
        {
            foreach (DictionaryEntry member in members)
            {
                if (!TryBegin('{', ref count))
                {
                    break;
                }

                WriteMember(member.Key as string ?? NameOf(member.Key), member.Value, depth);
            }
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            Break('{', Unreadable, ref count);
        }

        _json.Append(count == 0 ? "{}" : "}");
    }

    private void WriteElements(IEnumerable elements, int depth)
    {
        _ancestors[depth] = elements;
        var count = 0;
        try
        {
            foreach (var element in elements)
            {
                if (!TryBegin('[', ref count))
                {
                    break;
                }

                Write(element, depth + 1);
            }
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            Break('[', Unreadable, ref count);
        }

        _json.Append(count == 0 ? "[]" : "]");
    }

    private void WriteProperties(object value, JsonTypeInfo info, int depth)
    {
        _ancestors[depth] = value;
        var count = 0;
        foreach (var property in info.Properties)
        {
            if (property.Get is not null && TryRead(value, property, out var read))
            {
                if (!TryBegin('{', ref count))
                {
                    break;
                }

                _json.AppendString(property.Name);
                _json.Append(":");
                WriteProperty(read, property, depth);
            }
        }

        _json.Append(count == 0 ? "{}" : "}");
    }

    /// <summary>Reads a property; <see langword="false"/> where it is left out. Its getter may throw anything, which then stands there.</summary>
    private static bool TryRead(object value, JsonPropertyInfo property, out object? read)
    {
        try
        {
            read = property.Get!(value);
            return property.ShouldSerialize?.Invoke(value, read) ?? (read is not null || !ValueJson.LeavesOutNull);
        }
#pragma warning disable CA1031 // What a getter threw says nothing of the call observed.
        catch (Exception)
#pragma warning restore CA1031
        {
            read = Unreadable;
            return true;
        }
    }

    private void WriteProperty(object? read, JsonPropertyInfo property, int depth)
    {
        if (read is null || ReferenceEquals(read, Unreadable))
        {
            Write(read, depth + 1);
        }
        else if (property.CustomConverter is { } converter)
        {
            Serialize(read, FindInfo(property.PropertyType, converter));
        }
        else if (ConvertedAs(property.PropertyType, read) is { } declared)
        {
            Serialize(read, declared);
        }
        else
        {
            Write(read, depth + 1);
        }
    }

    private void WriteMember(string? name, object? value, int depth)
    {
        _json.AppendString(name ?? "");
        _json.Append(":");
        Write(value, depth + 1);
    }

    /// <summary>Writes what stands before the next member or element; <see langword="false"/> where there is no room for it, which then is said.</summary>
    private bool TryBegin(char opening, ref int count)
    {
        if (_elements >= MaxElements || _json.Length >= MaxLength || _clock.GetElapsedTime(_start) >= TimeLimit)
        {
            Break(opening, More, ref count);
            return false;
        }

        Separate(opening, ref count);
        _elements++;
        return true;
    }

    private void Break(char opening, string reason, ref int count)
    {
        Separate(opening, ref count);
        _json.Append(opening == '{' ? "\"…\":" : "");
        _json.AppendString(reason);
    }

    private void Separate(char opening, ref int count)
    {
        _json.Append(count > 0 ? "," : opening == '{' ? "{" : "[");
        count++;
    }

    private void Serialize(object value, JsonTypeInfo? info)
    {
        string json;
        try
        {
            json = SerializeBounded(value, info!);
        }
#pragma warning disable CA1031 // A converter of the application's own may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            _json.AppendString(Describe(value));
            return;
        }

        _json.Append(json);
    }

    /// <summary>Serialises what has a converter, whose output ends where it becomes too long; JSON that is there already is as long as it is.</summary>
    private static string SerializeBounded(object value, JsonTypeInfo info) => value is JsonElement or JsonNode or Array
        ? JsonSerializer.Serialize(value, info)
        : MessageJson.Write((value, info), static (writer, state) => JsonSerializer.Serialize(writer, state.value, state.info), MaxLength);

    private static JsonTypeInfo? FindInfo(Type type, JsonConverter? converter = null)
    {
        try
        {
            return ValueJson.FindInfo(type, converter);
        }
#pragma warning disable CA1031 // Types may contradict themselves in their attributes.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>Finds the converter of a type that a member is declared as, which also holds for those derived from it: it may be there to hide something.</summary>
    private static JsonTypeInfo? ConvertedAs(Type declared, object value) =>
        declared != value.GetType() && declared != typeof(object) && FindInfo(declared) is { Kind: JsonTypeInfoKind.None } info ? info : null;

    /// <summary>Tells whether to read the result of a value could mean to wait for it.</summary>
    private static bool IsValueTask(object value) =>
        value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    /// <summary>Tells whether a sequence is there already, so that to read it takes nothing from anybody.</summary>
    private static bool IsCollection(object value) =>
        value is ICollection or IReadOnlyCollection<object?> or ICollection<KeyValuePair<string, object?>> or IReadOnlyCollection<KeyValuePair<string, object?>>
        || (value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(HashSet<>));

    /// <summary>Names a member by a key that is no text, as JSON would.</summary>
    private readonly string NameOf(object key)
    {
        var writer = new ValueWriter(_clock);
        writer.Write(key, depth: 0);
        var json = writer.End();
        return json[0] == '"' ? JsonSerializer.Deserialize(json, PlainTypes.Default.JsonElement).GetString()! : json;
    }

    /// <summary>Returns JSON that is too deep, or has half a surrogate pair in it, as the text that it is: whoever wrote it must not hide it that way.</summary>
    private static string Describe(object value)
    {
        try
        {
            if (value is JsonElement { ValueKind: not JsonValueKind.Undefined } element)
            {
                return element.GetRawText();
            }
        }
        catch (ObjectDisposedException)
        {
            // Its document is gone.
        }

        return $"[unserializable {value.GetType().FullName}]";
    }
}
