using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Writes chat completions.</summary>
internal sealed class ChatCompletionsWriter : IStreamWriter
{
    private const string CallIdPrefix = "call_";

    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) => OpenAIErrors.WriteHeaders(exchange);

    public JsonObject WriteError(ModelError error, Exchange exchange) => new() { ["error"] = OpenAIErrors.Write(error) };

    public StreamEvent WriteStreamError(ModelError error, Exchange exchange, int position) =>
        StreamEvent.Unnamed(WriteError(error, exchange));

    public JsonObject WriteBody(Exchange exchange)
    {
        var body = WriteEnvelope(exchange, "chat.completion");

        body["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = WriteMessage(exchange),
            ["logprobs"] = null,
            ["finish_reason"] = Spell(exchange.FinishReason),
        });

        if (exchange.Usage is { } usage)
        {
            body["usage"] = WriteUsage(usage);
        }

        return body;
    }

    public IEnumerable<StreamEvent> WriteStream(Exchange exchange)
    {
        yield return WriteDelta(exchange, new JsonObject { ["role"] = "assistant", ["content"] = string.Empty }, isPiece: false);

        // OpenAI itself keeps the reasoning back here; compatible servers send it under this name.
        foreach (var piece in exchange.Reply.Reasoning)
        {
            yield return WriteDelta(exchange, new JsonObject { ["reasoning_content"] = piece });
        }

        foreach (var piece in exchange.Reply.Text)
        {
            yield return WriteDelta(exchange, new JsonObject { ["content"] = piece });
        }

        for (var index = 0; index < exchange.Reply.ToolCalls.Count; index++)
        {
            yield return WriteDelta(exchange, WriteToolCallStart(exchange, index), isPiece: false);

            foreach (var piece in exchange.Reply.ToolCalls[index].Arguments)
            {
                yield return WriteDelta(exchange, WriteToolCallPiece(index, piece));
            }
        }

        yield return WriteDelta(exchange, [], isPiece: false, Spell(exchange.FinishReason));

        if (exchange.Request.IncludeUsage && exchange.Usage is { } usage)
        {
            var chunk = WriteEnvelope(exchange, "chat.completion.chunk");
            chunk["choices"] = new JsonArray();
            chunk["usage"] = WriteUsage(usage);

            yield return StreamEvent.Unnamed(chunk);
        }

        yield return StreamEvent.Unnamed("[DONE]");
    }

    private static JsonObject WriteEnvelope(Exchange exchange, string kind) => new()
    {
        ["id"] = exchange.Id("chatcmpl-"),
        ["object"] = kind,
        ["created"] = exchange.Time.ToUnixTimeSeconds(),
        ["model"] = exchange.Model,
        ["service_tier"] = "default",
        ["system_fingerprint"] = "fp_fake",
    };

    private static JsonObject WriteMessage(Exchange exchange)
    {
        var reply = exchange.Reply;
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = reply.Text.Count == 0 ? null : string.Concat(reply.Text),
            ["refusal"] = null,
            ["annotations"] = new JsonArray(),
        };

        if (reply.Reasoning.Count > 0)
        {
            message["reasoning_content"] = string.Concat(reply.Reasoning);
        }

        if (reply.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. reply.ToolCalls.Select((call, index) => WriteToolCall(exchange, call, index))]);
        }

        return message;
    }

    private static JsonObject WriteToolCall(Exchange exchange, ModelToolCall call, int index) => new()
    {
        ["id"] = exchange.CallId(CallIdPrefix, index),
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.ArgumentsJson },
    };

    private static JsonObject WriteToolCallStart(Exchange exchange, int index)
    {
        var call = WriteToolCall(exchange, exchange.Reply.ToolCalls[index] with { Arguments = [] }, index);
        call["index"] = index;

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject WriteToolCallPiece(int index, string piece) => new()
    {
        ["tool_calls"] = new JsonArray(new JsonObject
        {
            ["index"] = index,
            ["function"] = new JsonObject { ["arguments"] = piece },
        }),
    };

    private static StreamEvent WriteDelta(Exchange exchange, JsonObject delta, bool isPiece = true, string? finishReason = null)
    {
        var chunk = WriteEnvelope(exchange, "chat.completion.chunk");

        chunk["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finishReason,
        });

        return StreamEvent.Unnamed(chunk, isPiece);
    }

    private static JsonObject WriteUsage(ModelUsage usage) => new()
    {
        ["prompt_tokens"] = usage.InputTokens,
        ["completion_tokens"] = usage.OutputTokens,
        ["total_tokens"] = usage.TotalTokens,
        ["prompt_tokens_details"] = new JsonObject
        {
            ["cached_tokens"] = usage.CacheReadTokens,
            ["audio_tokens"] = usage.InputAudioTokens,
        },
        ["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = usage.ReasoningTokens,
            ["audio_tokens"] = usage.OutputAudioTokens,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
    };

    private static string Spell(FinishReason reason) => reason switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };
}
