using System.Text;
using System.Text.Json.Nodes;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Answers with one of Anthropic's messages, whole or as the events that a stream makes of it.</summary>
internal static class MessageAnswer
{
    public static StubHandler Handler(string content, string usage, CallStyle style) =>
        style is CallStyle.Streamed or CallStyle.StreamedSync ? StubHandler.Saying(Events(content, usage), "text/event-stream") : StubHandler.Saying(Whole(content, usage), "application/json");

    public static string Whole(string content, string usage) =>
        $$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":{{content}},"stop_reason":"end_turn","stop_sequence":null,"usage":{{usage}}}""";

    public static string Events(string content, string usage)
    {
        var events = new StringBuilder();
        var start = JsonNode.Parse(Whole("[]", usage))!;
        start["stop_reason"] = null;
        Add(events, new JsonObject { ["type"] = "message_start", ["message"] = start });
        foreach (var (index, block) in JsonNode.Parse(content)!.AsArray().Index())
        {
            AddBlock(events, index, block!.DeepClone().AsObject());
        }

        Add(events, JsonNode.Parse($$"""{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{{usage}}}""")!);
        Add(events, new JsonObject { ["type"] = "message_stop" });
        return events.ToString();
    }

    /// <summary>Adds a block: its text, or the arguments of a call, come behind its start in two pieces.</summary>
    private static void AddBlock(StringBuilder events, int index, JsonObject block)
    {
        var (member, delta, whole) = ("input", "input_json_delta", block["input"]?.ToJsonString());
        if ((string?)block["type"] == "text")
        {
            (member, delta, whole) = ("text", "text_delta", (string?)block["text"]);
            block["text"] = "";
        }
        else if (whole is not null)
        {
            block["input"] = new JsonObject();
        }

        Add(events, new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = block });
        foreach (var piece in whole is null ? [] : new[] { whole[..(whole.Length / 2)], whole[(whole.Length / 2)..] })
        {
            Add(events, new JsonObject
            {
                ["type"] = "content_block_delta",
                ["index"] = index,
                ["delta"] = new JsonObject { ["type"] = delta, [member == "input" ? "partial_json" : member] = piece },
            });
        }

        Add(events, new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
    }

    private static void Add(StringBuilder events, JsonNode data) =>
        events.Append("event: ").Append((string?)data["type"]).Append("\ndata: ").Append(data.ToJsonString()).Append("\n\n");
}
