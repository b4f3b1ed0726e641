using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Writes responses.</summary>
internal sealed class ResponsesWriter : IStreamWriter
{
    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) => OpenAIErrors.WriteHeaders(exchange);

    public JsonObject WriteError(ModelError error, Exchange exchange) => new() { ["error"] = OpenAIErrors.Write(error) };

    public StreamEvent WriteStreamError(ModelError error, Exchange exchange, int position)
    {
        var json = OpenAIErrors.Write(error);
        json["code"] ??= json["type"]!.DeepClone();
        json["type"] = "error";
        json["sequence_number"] = position;

        return StreamEvent.Typed(json);
    }

    public JsonObject WriteBody(Exchange exchange)
    {
        if (exchange.PendingStatus is { } pending)
        {
            return WriteResponse(exchange, pending);
        }

        var response = WriteResponse(exchange, SpellStatus(exchange));
        response["output"] = new JsonArray([.. ResponseItem.Split(exchange).Select(item => item.Whole)]);
        response["incomplete_details"] = exchange.Reply.ResponseStatus is null ? WriteIncompleteDetails(exchange.FinishReason) : null;

        if (exchange.Usage is { } usage)
        {
            response["usage"] = WriteUsage(usage);
        }

        return response;
    }

    public IEnumerable<StreamEvent> WriteStream(Exchange exchange)
    {
        var number = 0;

        foreach (var (json, isPiece) in WriteEvents(exchange))
        {
            json["sequence_number"] = number++;
            yield return StreamEvent.Typed(json, isPiece);
        }
    }

    private IEnumerable<(JsonObject Json, bool IsPiece)> WriteEvents(Exchange exchange)
    {
        yield return (WriteState("response.created", WriteResponse(exchange, "in_progress")), false);
        yield return (WriteState("response.in_progress", WriteResponse(exchange, "in_progress")), false);

        foreach (var itemEvent in ResponseItem.Split(exchange).SelectMany(WriteItem))
        {
            yield return itemEvent;
        }

        yield return (WriteState($"response.{SpellStatus(exchange)}", WriteBody(exchange)), false);
    }

    private static IEnumerable<(JsonObject Json, bool IsPiece)> WriteItem(ResponseItem item, int index)
    {
        yield return (new JsonObject { ["type"] = "response.output_item.added", ["output_index"] = index, ["item"] = item.Start }, false);

        foreach (var json in item.Opening.Concat(item.Pieces).Concat(item.Closing))
        {
            json["output_index"] = index;
            yield return (json, item.Pieces.Contains(json));
        }

        yield return (new JsonObject { ["type"] = "response.output_item.done", ["output_index"] = index, ["item"] = item.Whole }, false);
    }

    private static JsonObject WriteState(string type, JsonObject response) => new() { ["type"] = type, ["response"] = response };

    private static JsonObject WriteResponse(Exchange exchange, string status) => new()
    {
        ["id"] = exchange.Id("resp_"),
        ["object"] = "response",
        ["background"] = exchange.Request.Body.GetFlag("background"),
        ["created_at"] = exchange.Time.ToUnixTimeSeconds(),
        ["status"] = status,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["instructions"] = null,
        ["max_output_tokens"] = null,
        ["model"] = exchange.Model,
        ["output"] = new JsonArray(),
        ["parallel_tool_calls"] = true,
        ["previous_response_id"] = null,
        ["service_tier"] = "default",
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject WriteUsage(ModelUsage usage) => new()
    {
        ["input_tokens"] = usage.InputTokens,
        ["input_tokens_details"] = new JsonObject
        {
            ["cached_tokens"] = usage.CacheReadTokens,
            ["cache_write_tokens"] = usage.CacheWriteTokens,
        },
        ["output_tokens"] = usage.OutputTokens,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.ReasoningTokens },
        ["total_tokens"] = usage.TotalTokens,
    };

    private static string SpellStatus(Exchange exchange) => exchange.Reply.ResponseStatus
        ?? (exchange.FinishReason is FinishReason.Length or FinishReason.ContentFilter ? "incomplete" : "completed");

    private static JsonObject? WriteIncompleteDetails(FinishReason reason) => reason switch
    {
        FinishReason.Length => new JsonObject { ["reason"] = "max_output_tokens" },
        FinishReason.ContentFilter => new JsonObject { ["reason"] = "content_filter" },
        _ => null,
    };
}
