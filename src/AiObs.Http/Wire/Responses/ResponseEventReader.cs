using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Reads the events of one stream of responses. Text is taken as it comes, everything else when its item is done.</summary>
internal sealed class ResponseEventReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    /// <summary>A model that asks for more at once is not to be believed.</summary>
    private const int MaxCalls = 256;

    /// <summary>The items of which pieces have come.</summary>
    private readonly HashSet<long> _running = [];
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
                update.Contents.Add(ContentReading.Refused(refusal));
                break;
            case "response.output_item.added" when keepsContent && IsCall(data.Get("item").GetText("type")):
                return new WireEvent(update, CallPiece: Piece(data, data.Get("item").GetText("name")));
            case "response.function_call_arguments.delta" or "response.custom_tool_call_input.delta" when keepsContent:
                return new WireEvent(update, CallPiece: Piece(data, data.GetText("delta")));
            case "response.output_item.done":
                return AddItem(update, data, data.Get("item") ?? default);
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

    private static bool IsCall(string? type) => type is "function_call" or "custom_tool_call";

    private static long IndexOf(JsonElement data) => data.GetCount("output_index") ?? 0;

    /// <summary>Returns a piece of a tool call, so that what was delivered is known where the call does not come to its end.</summary>
    private string? Piece(JsonElement data, string? piece) =>
        _running.Contains(IndexOf(data)) || (_running.Count < MaxCalls && _running.Add(IndexOf(data))) ? piece : null;

    /// <summary>Adds a finished item, without the text that came before it.</summary>
    private WireEvent AddItem(ChatResponseUpdate update, JsonElement data, JsonElement item)
    {
        var type = item.GetText("type");
        var isCall = IsCall(type);
        if (isCall)
        {
            _running.Remove(IndexOf(data));
        }

        _hasCalls |= isCall;
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

        return new WireEvent(update);
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
            update.RawRepresentation = UsageReading.RawOf(response);
        }

        return new WireEvent(update, IsLast: true, ResponsesProtocol.ErrorOf(response, type["response.".Length..]));
    }
}
