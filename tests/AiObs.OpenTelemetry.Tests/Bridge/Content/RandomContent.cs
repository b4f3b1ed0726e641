using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content;

/// <summary>Spans with random documents under every key that holds content, and in events.</summary>
internal static class RandomContent
{
    /// <summary>What must not be seen; no word of any vocabulary, and no base64.</summary>
    public const string Secret = "SECRET-CANARY";

    private static readonly string[] Attributes =
    [
        "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
        "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.retrieval.query.text", "gen_ai.retrieval.documents",
        "gen_ai.memory.records", "gen_ai.prompt", "gen_ai.completion", "gen_ai.prompt.variable.x", "gen_ai.prompt.0.content",
        "executor.input", "executor.output", "message.content", "input.value", "output.value", "llm.prompts.0.prompt.text",
        "llm.input_messages.0.message.content", "llm.tools.0.tool.json_schema", "gen_ai.something.new", "error.message",
    ];

    private static readonly string[] Events =
    [
        "gen_ai.system.message", "gen_ai.user.message", "gen_ai.assistant.message", "gen_ai.tool.message", "gen_ai.content.prompt",
        "exception", "gen_ai.choice", "gen_ai.tool.developer",
    ];

    private static readonly string[] EventKeys = ["gen_ai.event.content", "content", "message", "tool_calls", "gen_ai.prompt", "exception.message"];

    /// <summary>Members that hold content, or an object with it.</summary>
    private static readonly string[] ContentMembers =
    [
        "parts", "content", "text", "tool_calls", "function", "arguments", "message", "response", "result", "output", "parameters",
        "description", "server_tool_call", "server_tool_call_response", "image_url", "url", "metadata", "messages", "x", Secret,
    ];

    /// <summary>Members that say what something is; they are no content, so they never hold the secret.</summary>
    private static readonly string[] Labels =
        ["role", "type", "name", "id", "call_id", "tool_call_id", "index", "finish_reason", "modality", "mime_type", "score"];

    private static readonly string[] Words =
    [
        "user", "assistant", "tool", "text", "reasoning", "tool_call", "tool_call_response", "tool_call_output", "server_tool_call",
        "server_tool_call_response", "blob", "uri", "file", "image_url", "image", "image/png", "compaction", "function", "stop", "c1",
    ];

    private static Gen<string> Word => Gen.OneOf(Gen.Elements(Words).Select(word => JsonSerializer.Serialize(word)), Gen.Elements("null", "5", "true"));

    private static Gen<string> Leaf => Gen.OneOf(
        Gen.Constant($"\"{Secret}\""),
        Gen.Constant($"\"{{\\\"x\\\":\\\"{Secret}\\\"}}\""),
        Gen.Constant($"\"data:text/plain,{Secret}\""),
        Gen.Constant($"\"https://e.org/{Secret}\""),
        Gen.Constant("\"\\ud800\""),
        Gen.Constant("\"\""),
        Gen.Elements("1", "-0.5e300", "true", "null", "{}", "[]"));

    /// <summary>A span on which each attribute and event has one of: a document, the head of one, or anything at all.</summary>
    public static Arbitrary<Activity> Spans { get; } = Arb.From(
        from texts in Text.ArrayOf(Attributes.Length + (Events.Length * EventKeys.Length))
        select Create(texts));

    private static Gen<string> Text => Gen.Frequency(
        (6, Value(4)),
        (2, Messages),
        (1, Value(4).SelectMany(_ => Gen.Choose(0, 40), (json, length) => json[..Math.Min(length, json.Length)])),
        (1, ArbMap.Default.GeneratorFor<string?>().Select(text => $"{text}{Secret}")),
        (1, ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => $"[{Secret}{string.Concat(bytes.Select(static item => (char)item))}")));

    /// <summary>Lists of messages, which random documents seldom are.</summary>
    private static Gen<string> Messages =>
        from parts in Value(3).ArrayOf(3)
        from role in Word
        select $$"""[{"role":{{role}},"parts":[{{string.Join(',', parts)}}]},{"role":{{role}},"content":{{parts[0]}},"tool_calls":[{{parts[1]}}]}]""";

    private static Gen<string> Value(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency((2, Leaf), (2, List(depth)), (6, Object(depth)));

    private static Gen<string> List(int depth) =>
        from length in Gen.Choose(0, 3)
        from items in Value(depth - 1).ArrayOf(length)
        select $"[{string.Join(',', items)}]";

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 4)
        from members in Member(depth).ArrayOf(count)
        select $"{{{string.Join(',', members)}}}";

    private static Gen<string> Member(int depth) => Gen.OneOf(
        Gen.Elements(Labels).SelectMany(_ => Word, static (name, word) => $"\"{name}\":{word}"),
        Gen.Elements(ContentMembers).SelectMany(_ => Value(depth - 1), static (name, value) => $"\"{name}\":{value}"));

    private static Activity Create(string[] texts)
    {
        var span = new Activity("chat m");
        for (var i = 0; i < Attributes.Length; i++)
        {
            span.AddTag(Attributes[i], texts[i]);
        }

        for (var i = 0; i < Events.Length; i++)
        {
            var tags = EventKeys.Select((key, j) => (key, (object?)texts[Attributes.Length + (i * EventKeys.Length) + j]));

            // As events do, each has but some of the keys.
            span.AddEvent(ForeignSpans.Event(Events[i], [.. tags.Skip(i % EventKeys.Length).Take(2)]));
        }

        span.AddTag("my.text", texts[0]);
        span.SetStatus(ActivityStatusCode.Error, string.Create(CultureInfo.InvariantCulture, $"failed on {Secret}"));
        return span;
    }
}
