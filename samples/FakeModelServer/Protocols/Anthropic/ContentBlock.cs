using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Anthropic;

/// <summary>Is one block of a message: what a plain reply shows at once, and what a stream builds up.</summary>
internal sealed record ContentBlock(JsonObject Whole, JsonObject Start, IReadOnlyList<JsonObject> Pieces)
{
    /// <summary>Gets the delta after the pieces that carries no content of its own.</summary>
    public JsonObject? LastDelta { get; private init; }

    public static IEnumerable<ContentBlock> Split(Exchange exchange)
    {
        var reply = exchange.Reply;

        if (reply.Reasoning.Count > 0)
        {
            yield return WriteThinking(reply.Reasoning, reply.ReasoningSignature ?? "ZmFrZS1zaWduYXR1cmU=");
        }

        if (reply.Text.Count > 0)
        {
            yield return WriteText(reply.Text);
        }

        for (var index = 0; index < reply.ToolCalls.Count; index++)
        {
            yield return WriteToolUse(reply.ToolCalls[index], exchange.CallId("toolu_", index));
        }
    }

    private static ContentBlock WriteThinking(IReadOnlyList<string> pieces, string signature) => new(
        new JsonObject { ["type"] = "thinking", ["thinking"] = string.Concat(pieces), ["signature"] = signature },
        new JsonObject { ["type"] = "thinking", ["thinking"] = string.Empty, ["signature"] = string.Empty },
        [.. pieces.Select(piece => new JsonObject { ["type"] = "thinking_delta", ["thinking"] = piece })])
    {
        LastDelta = new JsonObject { ["type"] = "signature_delta", ["signature"] = signature },
    };

    private static ContentBlock WriteText(IReadOnlyList<string> pieces) => new(
        new JsonObject { ["type"] = "text", ["text"] = string.Concat(pieces) },
        new JsonObject { ["type"] = "text", ["text"] = string.Empty },
        [.. pieces.Select(piece => new JsonObject { ["type"] = "text_delta", ["text"] = piece })]);

    private static ContentBlock WriteToolUse(ModelToolCall call, string id) => new(
        WriteToolUse(call.Name, id, JsonReading.ParseOrQuote(call.ArgumentsJson)),
        WriteToolUse(call.Name, id, new JsonObject()),
        [.. call.Arguments.Select(piece => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece })]);

    private static JsonObject WriteToolUse(string name, string id, JsonNode? input) =>
        new() { ["type"] = "tool_use", ["id"] = id, ["name"] = name, ["input"] = input };
}
