using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.OpenInference;

/// <summary>Flattens messages into the shape that Phoenix itself derives from the GenAI JSON, so that the two never disagree on an index.</summary>
internal static class OpenInferenceMessages
{
    public static void Write(SpanTags tags, MessageKeys keys, RecordedMessages messages, int index, string? provider)
    {
        foreach (ref var message in messages.Slots)
        {
            if (message.Text is { } text)
            {
                tags.Add(keys.Role[index], message.Role);
                tags.Add(keys.Content[index], text);
            }
            else
            {
                Write(tags, keys, message.Message, index, provider);
            }

            index++;
        }
    }

    private static void Write(SpanTags tags, MessageKeys keys, RecordedMessage message, int index, string? provider)
    {
        tags.Add(keys.Role[index], message.Role);
        tags.Add(keys.Name[index], message.Name);
        WriteParts(tags, keys, message.Parts, index, provider);
    }

    private static void WriteParts(SpanTags tags, MessageKeys keys, IReadOnlyList<MessagePart> parts, int index, string? provider)
    {
        var lead = FindLead(parts);
        if (lead is ToolResultPart result)
        {
            tags.Add(keys.ToolCallId[index], result.Id);
            tags.Add(keys.Content[index], result.Result?.Text);
        }
        else if (lead is TextPart text)
        {
            tags.Add(keys.Content[index], text.Text);
        }

        if (lead is not null && parts.Count == 1)
        {
            return;
        }

        var partKeys = keys.Parts(index);
        var content = 0;
        var call = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part is ToolCallPart toolCall)
            {
                tags.Add(partKeys.CallId[call], toolCall.Id);
                tags.Add(partKeys.CallName[call], toolCall.Name);
                tags.Add(partKeys.CallArguments[call], toolCall.ArgumentsJson);
                call++;
            }
            else if (!ReferenceEquals(part, lead))
            {
                WritePart(tags, partKeys, part, content++, provider);
            }
        }
    }

    /// <summary>Finds the text or result that is the content of its message: what comes first, calls of functions aside, where nothing else that converters keep follows.</summary>
    private static MessagePart? FindLead(IReadOnlyList<MessagePart> parts)
    {
        MessagePart? lead = null;
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i])
            {
                case ToolCallPart:
                case { IsPortable: false } when lead is not null:
                    break;
                case TextPart or ToolResultPart when lead is null:
                    lead = parts[i];
                    break;
                default:
                    return null;
            }
        }

        return lead;
    }

    private static void WritePart(SpanTags tags, PartKeys keys, MessagePart part, int index, string? provider)
    {
        switch (part)
        {
            case TextPart text:
                tags.Put(keys.Type[index], "text");
                tags.Put(keys.Text[index], text.Text);
                break;
            case ReasoningPart reasoning:
                tags.Put(keys.Type[index], "reasoning");
                tags.Add(keys.Text[index], reasoning.Text);
                tags.Add(ProtectedDataKey(keys, index, reasoning, provider), reasoning.ProtectedData);
                break;
            case MediaPart { Modality: "image" or "audio" or "video" } media:
                WriteMedia(tags, keys, media, index);
                break;
            default:
                tags.Put(keys.Type[index], TypeOf(part));
                tags.Put(keys.Text[index], MessageJson.WritePart(part));
                break;
        }
    }

    private static void WriteMedia(SpanTags tags, PartKeys keys, MediaPart media, int index)
    {
        tags.Put(keys.Type[index], media.Modality);
        switch (media.Modality)
        {
            case "image":
                tags.Add(keys.ImageUrl[index], media.Uri);
                break;
            case "audio":
                tags.Add(keys.AudioUrl[index], media.Uri);
                break;
            case "video":
                tags.Add(keys.VideoUrl[index], media.Uri);
                break;
        }
    }

    private static string ProtectedDataKey(PartKeys keys, int index, ReasoningPart reasoning, string? provider) => provider switch
    {
        ProviderNames.OpenAI or ProviderNames.AzureOpenAI => keys.Encrypted[index],

        // Reasoning that the provider withheld has no text, only the opaque form.
        _ when reasoning.Text.Length == 0 => keys.Data[index],
        _ => keys.Signature[index],
    };

    private static string TypeOf(MessagePart part) => part switch
    {
        FilePart => "file",
        MediaPart media => media.Modality,
        ServerToolCallPart => "server_tool_call",
        ServerToolResultPart => "server_tool_call_response",
        ToolResultPart => "tool_call_response",
        OtherPart other => other.Type,
        _ => "text",
    };
}
