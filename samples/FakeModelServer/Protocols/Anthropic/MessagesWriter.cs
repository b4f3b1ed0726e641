using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Anthropic;

/// <summary>Writes Anthropic messages.</summary>
internal sealed class MessagesWriter : IStreamWriter
{
    private const string RequestIdPrefix = "req_";

    public IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) =>
    [
        new("request-id", exchange.Id(RequestIdPrefix)),
        new("anthropic-organization-id", "00000000-0000-0000-0000-000000000000"),
    ];

    public JsonObject WriteError(ModelError error, Exchange exchange) => MessagesErrors.Write(error, exchange.Id(RequestIdPrefix));

    public StreamEvent WriteStreamError(ModelError error, Exchange exchange, int position) =>
        StreamEvent.Typed(WriteError(error, exchange));

    public JsonObject WriteBody(Exchange exchange)
    {
        var body = WriteEnvelope(exchange, exchange.Usage is { } usage ? MessagesUsage.Write(usage) : null);
        body["content"] = new JsonArray([.. ContentBlock.Split(exchange).Select(block => block.Whole)]);
        WriteStop(body, exchange.FinishReason);

        return body;
    }

    public IEnumerable<StreamEvent> WriteStream(Exchange exchange)
    {
        var start = WriteEnvelope(exchange, exchange.Usage is { } usage ? MessagesUsage.WriteStart(usage) : null);
        yield return StreamEvent.Typed(new JsonObject { ["type"] = "message_start", ["message"] = start });
        yield return StreamEvent.Typed(new JsonObject { ["type"] = "ping" });

        var blocks = ContentBlock.Split(exchange).SelectMany(WriteBlock);

        foreach (var blockEvent in blocks)
        {
            yield return blockEvent;
        }

        yield return WriteEnd(exchange);
        yield return StreamEvent.Typed(new JsonObject { ["type"] = "message_stop" });
    }

    private static IEnumerable<StreamEvent> WriteBlock(ContentBlock block, int index)
    {
        yield return WriteBlockEvent("content_block_start", index, "content_block", block.Start);

        foreach (var piece in block.Pieces)
        {
            yield return WriteBlockEvent("content_block_delta", index, "delta", piece, isPiece: true);
        }

        if (block.LastDelta is { } last)
        {
            yield return WriteBlockEvent("content_block_delta", index, "delta", last);
        }

        yield return StreamEvent.Typed(new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
    }

    private static StreamEvent WriteBlockEvent(string type, int index, string name, JsonObject content, bool isPiece = false) =>
        StreamEvent.Typed(new JsonObject { ["type"] = type, ["index"] = index, [name] = content }, isPiece);

    private static StreamEvent WriteEnd(Exchange exchange)
    {
        var delta = new JsonObject();
        WriteStop(delta, exchange.FinishReason);

        var json = new JsonObject { ["type"] = "message_delta", ["delta"] = delta };

        if (exchange.Usage is { } usage)
        {
            json["usage"] = MessagesUsage.WriteEnd(usage);
        }

        return StreamEvent.Typed(json);
    }

    private static JsonObject WriteEnvelope(Exchange exchange, JsonObject? usage)
    {
        var envelope = new JsonObject
        {
            ["id"] = exchange.Id("msg_"),
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = exchange.Model,
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
        };

        if (usage is not null)
        {
            envelope["usage"] = usage;
        }

        return envelope;
    }

    private static void WriteStop(JsonObject json, FinishReason reason)
    {
        json["stop_reason"] = Spell(reason);
        json["stop_sequence"] = reason == FinishReason.StopSequence ? "\n\n" : null;
    }

    private static string Spell(FinishReason reason) => reason switch
    {
        FinishReason.Length => "max_tokens",
        FinishReason.ToolCalls => "tool_use",
        FinishReason.ContentFilter => "refusal",
        FinishReason.StopSequence => "stop_sequence",
        _ => "end_turn",
    };
}
