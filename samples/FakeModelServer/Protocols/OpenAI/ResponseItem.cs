using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Is one output item of a response: what a plain reply shows at once, and the events in which a stream builds it up.</summary>
/// <param name="Whole">The finished item.</param>
/// <param name="Start">The item before its content.</param>
/// <param name="Opening">The events before the content pieces.</param>
/// <param name="Pieces">The events that carry the content.</param>
/// <param name="Closing">The events after the content pieces.</param>
internal sealed record ResponseItem(
    JsonObject Whole,
    JsonObject Start,
    IReadOnlyList<JsonObject> Opening,
    IReadOnlyList<JsonObject> Pieces,
    IReadOnlyList<JsonObject> Closing)
{
    public static IEnumerable<ResponseItem> Split(Exchange exchange)
    {
        var reply = exchange.Reply;

        if (reply.Reasoning.Count > 0)
        {
            yield return WriteReasoning(reply.Reasoning, exchange.Id("rs_"), reply.ReasoningSignature);
        }

        if (reply.Text.Count > 0)
        {
            yield return WriteMessage(reply.Text, exchange.Id("msg_"));
        }

        for (var index = 0; index < reply.ToolCalls.Count; index++)
        {
            yield return WriteCall(reply.ToolCalls[index], exchange.ItemId("fc_", index), exchange.CallId("call_", index));
        }
    }

    private static ResponseItem WriteReasoning(IReadOnlyList<string> pieces, string id, string? encryptedContent)
    {
        const string Part = "response.reasoning_summary_part";
        const string Text = "response.reasoning_summary_text";
        var whole = string.Concat(pieces);

        return new ResponseItem(
            WriteItem(SummaryPart(whole)),
            WriteItem(),
            [WriteEvent($"{Part}.added", "part", SummaryPart(string.Empty))],
            [.. pieces.Select(piece => WriteEvent($"{Text}.delta", "delta", piece))],
            [WriteEvent($"{Text}.done", "text", whole), WriteEvent($"{Part}.done", "part", SummaryPart(whole))]);

        JsonObject WriteItem(params JsonNode[] summary) => new()
        {
            ["id"] = id,
            ["type"] = "reasoning",
            ["summary"] = new JsonArray(summary),
            ["encrypted_content"] = encryptedContent,
        };

        JsonObject WriteEvent(string type, string name, JsonNode content) =>
            new() { ["type"] = type, ["item_id"] = id, ["summary_index"] = 0, [name] = content };
    }

    private static ResponseItem WriteMessage(IReadOnlyList<string> pieces, string id)
    {
        var whole = string.Concat(pieces);

        return new ResponseItem(
            WriteItem("completed", TextPart(whole)),
            WriteItem("in_progress"),
            [WriteEvent("response.content_part.added", "part", TextPart(string.Empty))],
            [.. pieces.Select(piece => WriteEvent("response.output_text.delta", "delta", piece))],
            [
                WriteEvent("response.output_text.done", "text", whole),
                WriteEvent("response.content_part.done", "part", TextPart(whole)),
            ]);

        JsonObject WriteItem(string status, params JsonNode[] content) => new()
        {
            ["id"] = id,
            ["type"] = "message",
            ["status"] = status,
            ["role"] = "assistant",
            ["content"] = new JsonArray(content),
        };

        JsonObject WriteEvent(string type, string name, JsonNode content) =>
            new() { ["type"] = type, ["item_id"] = id, ["content_index"] = 0, [name] = content };
    }

    private static ResponseItem WriteCall(ModelToolCall call, string id, string callId)
    {
        const string Event = "response.function_call_arguments";

        return new ResponseItem(
            WriteItem("completed", call.ArgumentsJson),
            WriteItem("in_progress", string.Empty),
            [],
            [.. call.Arguments.Select(piece => WriteEvent($"{Event}.delta", "delta", piece))],
            [WriteEvent($"{Event}.done", "arguments", call.ArgumentsJson)]);

        JsonObject WriteItem(string status, string arguments) => new()
        {
            ["id"] = id,
            ["type"] = "function_call",
            ["status"] = status,
            ["call_id"] = callId,
            ["name"] = call.Name,
            ["arguments"] = arguments,
        };

        JsonObject WriteEvent(string type, string name, JsonNode content) => new() { ["type"] = type, ["item_id"] = id, [name] = content };
    }

    private static JsonObject SummaryPart(string text) => new() { ["type"] = "summary_text", ["text"] = text };

    private static JsonObject TextPart(string text) =>
        new() { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray(), ["logprobs"] = new JsonArray() };
}
