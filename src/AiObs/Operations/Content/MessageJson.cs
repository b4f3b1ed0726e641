using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiObs.Operations.Content;

/// <summary>Writes messages, parts and tools in the JSON schemas of OpenTelemetry's content attributes: compact, without escaping what needs none.</summary>
internal static class MessageJson
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The shape is fixed by the code below; validation would cost on every token.
        SkipValidation = true,
    };

    public static string Write(IReadOnlyList<RecordedMessage> messages) => Write(messages, static (writer, messages) =>
    {
        writer.WriteStartArray();
        foreach (var message in messages)
        {
            WriteMessage(writer, message);
        }

        writer.WriteEndArray();
    });

    public static string WriteInstructions(string instructions) => Write(instructions, static (writer, text) =>
    {
        writer.WriteStartArray();
        WritePart(writer, new TextPart(text));
        writer.WriteEndArray();
    });

    public static string WriteTools(IReadOnlyList<RecordedTool> tools) => Write(tools, static (writer, tools) =>
    {
        writer.WriteStartArray();
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, tool.Type);
            WriteFunction(writer, tool);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes a tool in the wrapped form that every OpenInference consumer understands.</summary>
    public static string WriteWrappedTool(RecordedTool tool) => Write(tool, static (writer, tool) =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, tool.Type);
        writer.WriteStartObject(tool.Type);
        WriteFunction(writer, tool);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static string WritePart(MessagePart part) => Write(part, static (writer, part) => WritePart(writer, part));

    public static string WriteParts(IReadOnlyList<MessagePart> parts) => Write(parts, static (writer, parts) => WriteParts(writer, parts));

    /// <summary>Writes what a tool that the provider ran itself answered: a text where it is one text, else its parts.</summary>
    public static string WriteOutput(string type, IReadOnlyList<MessagePart> parts) => Write((type, parts), static (writer, state) =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, state.type);
        writer.WritePropertyName("output"u8);
        if (state.parts is [TextPart only])
        {
            writer.WriteStringValue(only.Text);
        }
        else
        {
            WriteParts(writer, state.parts);
        }

        writer.WriteEndObject();
    });

    /// <summary>Writes an object of values, after the kind of it where it has one.</summary>
    public static string WriteMembers(string? type, IEnumerable<(string Name, RecordedValue Value)> members) => Write((type, members), static (writer, state) =>
    {
        writer.WriteStartObject();
        WriteOptional(writer, "type"u8, state.type);
        foreach (var (name, value) in state.members)
        {
            WriteValue(writer, Encoding.UTF8.GetBytes(name), value);
        }

        writer.WriteEndObject();
    });

    public static string Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            write(writer, state);
        }

        return buffer.ToString();
    }

    private static void WriteMessage(Utf8JsonWriter writer, RecordedMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role);
        if (message.Name is not null)
        {
            writer.WriteString("name"u8, message.Name);
        }

        writer.WritePropertyName("parts"u8);
        WriteParts(writer, message.Parts);
        if (message.FinishReason is not null)
        {
            writer.WriteString("finish_reason"u8, message.FinishReason);
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, IReadOnlyList<MessagePart> parts)
    {
        writer.WriteStartArray();
        for (var i = 0; i < parts.Count; i++)
        {
            WritePart(writer, parts[i]);
        }

        writer.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter writer, MessagePart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("content"u8, text.Text);
                break;
            case ReasoningPart reasoning:
                writer.WriteString("type"u8, "reasoning"u8);
                writer.WriteString("content"u8, reasoning.Text);
                break;
            case ToolCallPart call:
                writer.WriteString("type"u8, "tool_call"u8);
                WriteId(writer, call.Id);
                writer.WriteString("name"u8, call.Name);
                WriteRaw(writer, "arguments"u8, call.ArgumentsJson);
                break;
            case ToolResultPart result:
                writer.WriteString("type"u8, "tool_call_response"u8);
                WriteId(writer, result.Id);
                WriteValue(writer, "response"u8, result.Result);
                break;
            case MediaPart media:
                WriteMedia(writer, media);
                break;
            default:
                WriteRarePart(writer, part);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the members of the parts that not every convention has a place for.</summary>
    private static void WriteRarePart(Utf8JsonWriter writer, MessagePart part)
    {
        switch (part)
        {
            case FilePart file:
                writer.WriteString("type"u8, "file"u8);
                writer.WriteString("modality"u8, file.Modality);
                WriteOptional(writer, "mime_type"u8, file.MediaType);
                writer.WriteString("file_id"u8, file.FileId);
                break;
            case ServerToolCallPart call:
                writer.WriteString("type"u8, "server_tool_call"u8);
                WriteId(writer, call.Id);
                writer.WriteString("name"u8, call.Name);
                WriteRaw(writer, "server_tool_call"u8, call.CallJson);
                break;
            case ServerToolResultPart result:
                writer.WriteString("type"u8, "server_tool_call_response"u8);
                WriteId(writer, result.Id);
                WriteRaw(writer, "server_tool_call_response"u8, result.ResponseJson);
                break;
            case OtherPart other:
                WriteOther(writer, other);
                break;
        }
    }

    private static void WriteMedia(Utf8JsonWriter writer, MediaPart media)
    {
        var isBlob = media is { IsInline: true, Uri: not null };
        writer.WriteString("type"u8, isBlob ? "blob"u8 : "uri"u8);
        writer.WriteString("modality"u8, media.Modality);
        WriteOptional(writer, "mime_type"u8, media.MediaType);
        if (!isBlob)
        {
            // A hidden address still needs a value here: the schema requires it.
            writer.WriteString("uri"u8, media.Uri ?? RecordedValue.RedactedText);
            return;
        }

        writer.WriteString("content"u8, media.Uri.AsSpan(media.Uri!.IndexOf(',', StringComparison.Ordinal) + 1));
        if (media.Uri == RecordedValue.RedactedText && media.Size is { } size)
        {
            writer.WriteNumber("size"u8, size);
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, OtherPart other)
    {
        writer.WriteString("type"u8, other.Type);
        using var members = JsonDocument.Parse(other.MembersJson);
        foreach (var member in members.RootElement.EnumerateObject())
        {
            if (!member.NameEquals("type"u8))
            {
                member.WriteTo(writer);
            }
        }
    }

    private static void WriteFunction(Utf8JsonWriter writer, RecordedTool tool)
    {
        writer.WriteString("name"u8, tool.Name);
        WriteOptional(writer, "description"u8, tool.Description);
        WriteRaw(writer, "parameters"u8, tool.ParametersJson);
    }

    private static void WriteId(Utf8JsonWriter writer, string? id) => WriteOptional(writer, "id"u8, id);

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? json)
    {
        if (json is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json, skipInputValidation: true);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> name, RecordedValue? value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case { IsJson: true }:
                writer.WriteRawValue(value.Text, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
