using System.Text.Json;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Masks the body of a message event and keeps its shape.</summary>
internal sealed class EventBodyMasker(ContentMasker masker, MessageMasker messages)
{
    private static readonly RedactionPlace Arguments = new(RedactionKind.ToolArgument);

    /// <summary>Masks a whole body, or a tag of an event whose members are its tags.</summary>
    public string Mask(AgentOperation operation, string text, ContentSide side)
    {
        if (masker.HidesMessages(side))
        {
            return RecordedValue.RedactedText;
        }

        return ForeignJson.IsMeant(text)
            ? new ForeignJson().Read(text, root => Write(operation, root, side)) ?? RecordedValue.RedactedText
            : masker.MessageText(operation, RedactionPlace.Of(RedactionKind.Message, side), text);
    }

    /// <summary>Tells members that say who speaks, and not what.</summary>
    public static bool IsLabel(string name) => name is "role" or "name" or "id" or "tool_call_id" or "type" or "index" or "finish_reason";

    private string Write(AgentOperation operation, JsonElement root, ContentSide side) => MessageJson.Write(
        (Masker: this, operation, root, side),
        static (writer, state) => state.Masker.Write(writer, state.operation, state.root, state.side));

    private void Write(Utf8JsonWriter writer, AgentOperation operation, JsonElement element, ContentSide side)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    WriteMember(writer, operation, member, side);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, operation, item, side);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteContent(writer, operation, element, side);
                break;
        }
    }

    /// <summary>Writes a member that message events have; what else there may be could hold anything, in its name too.</summary>
    private void WriteMember(Utf8JsonWriter writer, AgentOperation operation, JsonProperty member, ContentSide side)
    {
        var name = member.Name;
        var isNested = member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        if (name == "name" && member.Value.ValueKind == JsonValueKind.String)
        {
            writer.WriteString(name, masker.Redact(operation, RedactionPlace.Of(RedactionKind.Name, side), member.Value.GetString()!));
        }
        else if (IsLabel(name) && !isNested)
        {
            member.WriteTo(writer);
        }
        else if (name is "message" or "function" or "tool_calls" && isNested)
        {
            writer.WritePropertyName(name);
            Write(writer, operation, member.Value, side);
        }
        else if (name == "arguments")
        {
            writer.WritePropertyName(name);
            WriteArguments(writer, operation, member.Value);
        }
        else if (name is "content" or "message" or "refusal")
        {
            writer.WritePropertyName(name);
            WriteContent(writer, operation, member.Value, side);
        }
    }

    private void WriteContent(Utf8JsonWriter writer, AgentOperation operation, JsonElement content, ContentSide side)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(masker.MessageText(operation, RedactionPlace.Of(RedactionKind.Message, side), content.GetString()!));
                break;
            case JsonValueKind.Array:
                writer.WriteRawValue(messages.Mask(operation, PartReader.ReadAll(content.EnumerateArray()), side), skipInputValidation: true);
                break;
            default:
                Write(writer, masker.UnknownJson(operation, RedactionPlace.Of(RedactionKind.Message, side), content.GetRawText()));
                break;
        }
    }

    /// <summary>Writes arguments, as JSON inside of a text where that is how they came.</summary>
    private void WriteArguments(Utf8JsonWriter writer, AgentOperation operation, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.String)
        {
            writer.WriteRawValue(masker.Json(operation, Arguments, arguments.GetRawText()), skipInputValidation: true);
            return;
        }

        var text = arguments.GetString()!;
        writer.WriteStringValue(ForeignJson.Parse(text) is null ? RecordedValue.RedactedText : masker.Json(operation, Arguments, text));
    }

    private static void Write(Utf8JsonWriter writer, RecordedValue value)
    {
        if (value.IsJson)
        {
            writer.WriteRawValue(value.Text, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
