using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.Responses;

/// <summary>Reads the events of one stream of responses. Text is taken as it comes, everything else when its item is done.</summary>
internal sealed class ResponseEventReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    private string? _responseId;
    private bool _hasCalls;

    public override WireEvent Read(JsonElement data)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = _responseId };
        var type = data.GetText("type");
        switch (type)
        {
            case "response.output_text.delta" when keepsContent:
                AddDelta(update, data, static text => new TextContent(text));
                break;
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" when keepsContent:
                AddDelta(update, data, static text => new TextReasoningContent(text));
                break;
            case "response.refusal.done" when keepsContent && data.GetText("refusal") is { Length: > 0 } refusal:
                update.Contents.Add(ItemReading.Refused(refusal));
                break;
            case "response.output_item.done":
                AddItem(update, data.Get("item") ?? default);
                break;
            case "error":
                return new WireEvent(update, IsLast: true, WireError.Of(data.Get("error") ?? data));
            default:
                return ReadState(update, type, data.Get("response"));
        }

        return new WireEvent(update);
    }

    private static void AddDelta(ChatResponseUpdate update, JsonElement data, Func<string, AIContent> make)
    {
        if (data.GetText("delta") is { Length: > 0 } text)
        {
            update.Contents.Add(make(text));
        }
    }

    /// <summary>Adds a finished item, without the text that came before it.</summary>
    private void AddItem(ChatResponseUpdate update, JsonElement item)
    {
        var type = item.GetText("type");
        _hasCalls |= type is "function_call" or "custom_tool_call";
        switch (type)
        {
            case "message":
                break;
            case "reasoning":
                if (keepsContent && item.GetText("encrypted_content") is { } unreadable)
                {
                    update.Contents.Add(new TextReasoningContent("") { ProtectedData = unreadable });
                }

                break;
            case "function_call" or "custom_tool_call" when keepsCalls:
            case not null when keepsContent:
                ItemReading.AddContents(update.Contents, item);
                break;
        }
    }

    private WireEvent ReadState(ChatResponseUpdate update, string? type, JsonElement? state)
    {
        if (state is not { ValueKind: JsonValueKind.Object } response)
        {
            return new WireEvent(update);
        }

        update.ResponseId = _responseId = response.GetText("id") ?? _responseId;
        update.ModelId = response.GetText("model");
        update.ConversationId = ResponsesProtocol.ConversationOf(response);
        update.AdditionalProperties = WireProperties.Of(response);
        if (type is not ("response.completed" or "response.incomplete" or "response.failed" or "response.cancelled"))
        {
            return new WireEvent(update);
        }

        update.FinishReason = ResponsesProtocol.FinishReasonOf(response, _hasCalls);
        if (UsageReading.OfResponse(response.Get("usage")) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return new WireEvent(update, IsLast: true, ResponsesProtocol.ErrorOf(response, type["response.".Length..]));
    }
}
