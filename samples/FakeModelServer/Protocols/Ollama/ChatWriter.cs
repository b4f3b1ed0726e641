using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Writes chat answers.</summary>
internal sealed class ChatWriter : IStreamWriter
{
    public string ContentType => "application/x-ndjson";

    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) => [];

    public JsonObject WriteError(ModelError error, Exchange exchange) => OllamaErrors.Write(error, exchange.Request);

    public StreamEvent WriteStreamError(ModelError error, Exchange exchange, int position) =>
        StreamEvent.Line(WriteError(error, exchange));

    public JsonObject WriteBody(Exchange exchange)
    {
        var reply = exchange.Reply;
        var message = WriteMessage(string.Concat(reply.Text));

        if (reply.Reasoning.Count > 0)
        {
            message["thinking"] = string.Concat(reply.Reasoning);
        }

        if (reply.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. reply.ToolCalls.Select((call, index) => WriteToolCall(exchange, call, index))]);
        }

        return WriteEnd(exchange, message);
    }

    public IEnumerable<StreamEvent> WriteStream(Exchange exchange)
    {
        foreach (var piece in exchange.Reply.Reasoning)
        {
            var message = WriteMessage(string.Empty);
            message["thinking"] = piece;

            yield return WritePart(exchange, message);
        }

        foreach (var piece in exchange.Reply.Text)
        {
            yield return WritePart(exchange, WriteMessage(piece));
        }

        foreach (var callEvent in exchange.Reply.ToolCalls.SelectMany((call, index) => WriteToolCallEvents(exchange, call, index)))
        {
            yield return callEvent;
        }

        yield return StreamEvent.Line(WriteEnd(exchange, WriteMessage(string.Empty)));
    }

    // The protocol streams calls whole: their line goes out in the place of the last piece of the arguments.
    private static IEnumerable<StreamEvent> WriteToolCallEvents(Exchange exchange, ModelToolCall call, int index)
    {
        for (var piece = 1; piece < call.Arguments.Count; piece++)
        {
            yield return StreamEvent.Withheld;
        }

        var message = WriteMessage(string.Empty);
        message["tool_calls"] = new JsonArray(WriteToolCall(exchange, call, index));

        yield return WritePart(exchange, message, isPiece: call.Arguments.Count > 0);
    }

    private static StreamEvent WritePart(Exchange exchange, JsonObject message, bool isPiece = true)
    {
        var part = WriteEnvelope(exchange, message);
        part["done"] = false;

        return StreamEvent.Line(part, isPiece);
    }

    private static JsonObject WriteEnd(Exchange exchange, JsonObject message)
    {
        var end = WriteEnvelope(exchange, message);
        end["done"] = true;
        end["done_reason"] = Spell(exchange.FinishReason);
        OllamaMetrics.WriteChat(end, exchange.Usage);

        return end;
    }

    private static JsonObject WriteEnvelope(Exchange exchange, JsonObject message) => new()
    {
        ["model"] = exchange.Model,
        ["created_at"] = exchange.Time.UtcDateTime,
        ["message"] = message,
    };

    private static JsonObject WriteMessage(string content) => new() { ["role"] = "assistant", ["content"] = content };

    private static JsonObject WriteToolCall(Exchange exchange, ModelToolCall call, int index) => new()
    {
        ["id"] = exchange.CallId("call_", index),
        ["function"] = new JsonObject
        {
            ["index"] = index,
            ["name"] = call.Name,
            ["arguments"] = JsonReading.ParseOrQuote(call.ArgumentsJson),
        },
    };

    // Calls and filters have no word of their own.
    private static string Spell(FinishReason reason) => reason == FinishReason.Length ? "length" : "stop";
}
