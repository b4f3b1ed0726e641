using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiObs.Operations.Content;

/// <summary>Writes messages, parts and tools in the JSON schemas of OpenTelemetry's content attributes: compact, without escaping what needs none.</summary>
internal static class MessageJson
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The shape is fixed by the code that writes; validation would cost on every token.
        SkipValidation = true,
    };

    public static string Write(Span<MessageSlot> messages)
    {
        var json = new JsonText(ExpectedLength(messages));
        json.Append("[");
        for (var i = 0; i < messages.Length; i++)
        {
            json.Append(i == 0 ? """{"role":""" : """,{"role":""");
            WriteMessage(ref json, ref messages[i]);
        }

        json.Append("]");
        return json.End();
    }

    public static string WriteInstructions(string instructions) => WriteParts([new TextPart(instructions)]);

    /// <summary>Writes all that a model is asked: the instructions as the system message that they are to it, then the messages.</summary>
    /// <returns>A JSON array; <see langword="null"/> where there is neither.</returns>
    public static string? WriteInput(string? instructions, RecordedMessages? messages)
    {
        if (instructions is null)
        {
            return messages?.ToJson();
        }

        var json = new JsonText();
        json.Append("""[{"role":"system","parts":""");
        json.Append(WriteInstructions(instructions));
        json.Append("}");
        if (messages is { Count: > 0 })
        {
            json.Append(",");
            json.Append(messages.ToJson().AsSpan(1..^1));
        }

        json.Append("]");
        return json.End();
    }

    public static string WriteTools(IReadOnlyList<RecordedTool> tools)
    {
        var json = new JsonText();
        json.Append("[");
        for (var i = 0; i < tools.Count; i++)
        {
            json.Append(i == 0 ? """{"type":""" : """,{"type":""");
            json.AppendString(tools[i].Type);
            json.Append(",");
            WriteFunction(ref json, tools[i]);
            json.Append("}");
        }

        json.Append("]");
        return json.End();
    }

    /// <summary>Writes a tool in the wrapped form that every OpenInference consumer understands.</summary>
    public static string WriteWrappedTool(RecordedTool tool)
    {
        var json = new JsonText();
        json.Append("""{"type":""");
        json.AppendString(tool.Type);
        json.Append(""","function":{""");
        WriteFunction(ref json, tool);
        json.Append("}}");
        return json.End();
    }

    public static string WritePart(MessagePart part)
    {
        var json = new JsonText();
        PartJson.Write(ref json, part);
        return json.End();
    }

    public static string WriteParts(IReadOnlyList<MessagePart> parts)
    {
        var json = new JsonText();
        PartJson.Write(ref json, parts);
        return json.End();
    }

    /// <summary>Writes what a tool that the provider ran itself answered: a text where it is one text, else its parts.</summary>
    public static string WriteOutput(string type, IReadOnlyList<MessagePart> parts)
    {
        var json = new JsonText();
        json.Append("""{"type":""");
        json.AppendString(type);
        json.Append(""","output":""");
        if (parts is [TextPart only])
        {
            json.AppendString(only.Text);
        }
        else
        {
            PartJson.Write(ref json, parts);
        }

        json.Append("}");
        return json.End();
    }

    /// <summary>Writes an object of values, after the kind of it where it has one.</summary>
    public static string WriteMembers(string? type, IEnumerable<(string Name, RecordedValue Value)> members)
    {
        var json = new JsonText();
        json.AppendOptional("""{"type":""", type);
        var separator = string.IsNullOrEmpty(type) ? "{" : ",";
        foreach (var (name, value) in members)
        {
            json.Append(separator);
            separator = ",";
            json.AppendString(name);
            json.Append(":");
            json.AppendValue(value);
        }

        json.Append(separator == "{" ? "{}" : "}");
        return json.End();
    }

    /// <summary>Writes anything else.</summary>
    /// <param name="state">What to write.</param>
    /// <param name="write">How.</param>
    /// <param name="limit">How many bytes it may become.</param>
    /// <exception cref="InvalidOperationException">It becomes longer.</exception>
    public static string Write<TState>(TState state, Action<Utf8JsonWriter, TState> write, int limit = int.MaxValue)
    {
        using var buffer = new PooledBuffer(limit);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            write(writer, state);
        }

        return buffer.ToString();
    }

    /// <summary>Estimates the length, with some room for escapes and for messages that are more than one text.</summary>
    private static int ExpectedLength(Span<MessageSlot> messages)
    {
        var length = 256;
        foreach (ref var message in messages)
        {
            length += 128 + (message.Text?.Length ?? 0);
        }

        return length;
    }

    /// <summary>Writes a message from the value of its role on.</summary>
    private static void WriteMessage(ref JsonText json, ref MessageSlot slot)
    {
        json.AppendString(slot.Role);
        if (slot.Text is { } text)
        {
            json.Append(""","parts":[{"type":"text","content":""");
            json.AppendString(text);
            json.Append("}]");
        }
        else
        {
            if (slot.Message.Name is { } name)
            {
                json.AppendMember(""","name":""", name);
            }

            json.Append(""","parts":""");
            PartJson.Write(ref json, slot.Message.Parts);
        }

        if (slot.FinishReason is { } reason)
        {
            json.AppendMember(""","finish_reason":""", reason);
        }

        json.Append("}");
    }

    private static void WriteFunction(ref JsonText json, RecordedTool tool)
    {
        json.Append("\"name\":");
        json.AppendString(tool.Name);
        json.AppendOptional(""","description":""", tool.Description);
        json.AppendRaw(""","parameters":""", tool.ParametersJson);
    }
}
