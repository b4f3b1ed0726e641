using System.Text.Json;

namespace AiObs.Operations.Content;

/// <summary>Writes parts of messages in the JSON schema of OpenTelemetry's message attributes.</summary>
internal static class PartJson
{
    public static void Write(ref JsonText json, IReadOnlyList<MessagePart> parts)
    {
        json.Append("[");
        for (var i = 0; i < parts.Count; i++)
        {
            json.Append(i == 0 ? "" : ",");
            Write(ref json, parts[i]);
        }

        json.Append("]");
    }

    public static void Write(ref JsonText json, MessagePart part)
    {
        json.Append("""{"type":""");
        switch (part)
        {
            case TextPart text:
                json.AppendString("text");
                json.AppendMember(""","content":""", text.Text);
                break;
            case ReasoningPart reasoning:
                json.AppendString("reasoning");
                json.AppendMember(""","content":""", reasoning.Text);
                break;
            case ToolCallPart call:
                json.AppendString("tool_call");
                json.AppendOptional(""","id":""", call.Id);
                json.AppendMember(""","name":""", call.Name);
                json.AppendRaw(""","arguments":""", call.ArgumentsJson);
                break;
            case ToolResultPart result:
                json.AppendString("tool_call_response");
                json.AppendOptional(""","id":""", result.Id);
                json.Append(""","response":""");
                json.AppendValue(result.Result);
                break;
            case MediaPart media:
                WriteMedia(ref json, media);
                break;
            default:
                WriteRare(ref json, part);
                break;
        }

        json.Append("}");
    }

    /// <summary>Writes the parts that not every convention has a place for.</summary>
    private static void WriteRare(ref JsonText json, MessagePart part)
    {
        switch (part)
        {
            case FilePart file:
                json.AppendString("file");
                json.AppendMember(""","modality":""", file.Modality);
                json.AppendOptional(""","mime_type":""", file.MediaType);
                json.AppendMember(""","file_id":""", file.FileId);
                break;
            case ServerToolCallPart call:
                json.AppendString("server_tool_call");
                json.AppendOptional(""","id":""", call.Id);
                json.AppendMember(""","name":""", call.Name);
                json.AppendRaw(""","server_tool_call":""", call.CallJson);
                break;
            case ServerToolResultPart result:
                json.AppendString("server_tool_call_response");
                json.AppendOptional(""","id":""", result.Id);
                json.AppendRaw(""","server_tool_call_response":""", result.ResponseJson);
                break;
            case OtherPart other:
                WriteOther(ref json, other);
                break;
        }
    }

    private static void WriteMedia(ref JsonText json, MediaPart media)
    {
        var isBlob = media is { IsInline: true, Uri: not null };
        json.AppendString(isBlob ? "blob" : "uri");
        json.AppendMember(""","modality":""", media.Modality);
        json.AppendOptional(""","mime_type":""", media.MediaType);
        if (!isBlob)
        {
            // A hidden address still needs a value here: the schema requires it.
            json.AppendMember(""","uri":""", media.Uri ?? RecordedValue.RedactedText);
            return;
        }

        json.Append(""","content":""");
        json.AppendString(media.Uri.AsSpan(media.Uri!.IndexOf(',', StringComparison.Ordinal) + 1));
    }

    private static void WriteOther(ref JsonText json, OtherPart other)
    {
        json.AppendString(other.Type);
        var members = MessageJson.Write(other.MembersJson, WriteOtherMembers);
        if (members != "{}")
        {
            json.Append(",");
            json.Append(members.AsSpan(1, members.Length - 2));
        }
    }

    /// <summary>Writes the members anew: what they escape need not be what is escaped here.</summary>
    private static void WriteOtherMembers(Utf8JsonWriter writer, string membersJson)
    {
        using var members = JsonDocument.Parse(membersJson);
        writer.WriteStartObject();
        foreach (var member in members.RootElement.EnumerateObject())
        {
            if (!member.NameEquals("type"u8))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
