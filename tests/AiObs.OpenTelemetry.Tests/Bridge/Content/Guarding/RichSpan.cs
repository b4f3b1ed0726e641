using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>A span with every kind of content on it, and what it looks like where all of it may be shown.</summary>
internal static class RichSpan
{
    private static readonly double[] Vector = [0.5, 1.5];

    public static Activity Create() => ForeignSpans.With(
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.request.model", "m"),
        ("gen_ai.request.temperature", 0.5),
        ("gen_ai.usage.input_tokens", 7),
        ("gen_ai.input.messages", """
            [{"role": "user", "parts": [{"type": "text", "content": "in"}, {"type": "uri", "modality": "image", "uri": "https://e.org/in.png"}]}]
            """),
        ("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"out"}],"finish_reason":"tool_calls"}]"""),
        ("gen_ai.system_instructions", """[{"type":"text","content":"rules"}]"""),
        ("gen_ai.tool.definitions", """[{"type":"function","name":"f","description":"does","parameters":{ }}]"""),
        ("gen_ai.tool.description", "does"),
        ("gen_ai.tool.call.arguments", """{ "a": 1 }"""),
        ("gen_ai.tool.call.result", "result"),
        ("gen_ai.retrieval.query.text", "query"),
        ("gen_ai.retrieval.documents", """[{"id":"d1","score":0.5,"content":"text","page":3}]"""),
        ("gen_ai.prompt", "prompt"),
        ("gen_ai.completion", "completion"),
        ("gen_ai.prompt.variable.city", "Oslo"),
        ("gen_ai.prompt.name", "template"),
        ("executor.input", "step in"),
        ("executor.output", "step out"),
        ("message.content", "handed on"),
        ("input.value", "in"),
        ("output.value", "out"),
        ("llm.input_messages.0.message.role", "user"),
        ("llm.input_messages.0.message.content", "in"),
        ("llm.input_messages.0.message.contents.1.message_content.image.image.url", "https://e.org/in.png"),
        ("llm.output_messages.0.message.content", "out"),
        ("llm.tools.0.tool.json_schema", "{}"),
        ("llm.invocation_parameters", "{}"),
        ("tool.parameters", "{}"),
        ("embedding.embeddings.0.embedding.text", "in"),
        ("embedding.embeddings.0.embedding.vector", Vector),
        ("exception.message", "quotes"),
        ("tenant", "north"));

    public static Dictionary<string, object?> Shown() => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.request.temperature"] = 0.5,
        ["gen_ai.usage.input_tokens"] = 7,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"in"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://e.org/in.png"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"out"}],"finish_reason":"tool_call"}]""",
        ["gen_ai.system_instructions"] = """[{"type":"text","content":"rules"}]""",
        ["gen_ai.tool.definitions"] = """[{"type":"function","name":"f","description":"does","parameters":{}}]""",
        ["gen_ai.tool.description"] = "does",
        ["gen_ai.tool.call.arguments"] = """{"a":1}""",
        ["gen_ai.tool.call.result"] = "result",
        ["gen_ai.retrieval.query.text"] = "query",
        ["gen_ai.retrieval.documents"] = """[{"id":"d1","score":0.5,"content":"text","metadata":{"page":3}}]""",
        ["gen_ai.prompt"] = "prompt",
        ["gen_ai.completion"] = "completion",
        ["gen_ai.prompt.variable.city"] = "Oslo",
        ["gen_ai.prompt.name"] = "template",
        ["executor.input"] = "step in",
        ["executor.output"] = "step out",
        ["message.content"] = "handed on",
        ["input.value"] = "in",
        ["output.value"] = "out",
        ["llm.input_messages.0.message.role"] = "user",
        ["llm.input_messages.0.message.content"] = "in",
        ["llm.input_messages.0.message.contents.1.message_content.image.image.url"] = "https://e.org/in.png",
        ["llm.output_messages.0.message.content"] = "out",
        ["llm.tools.0.tool.json_schema"] = "{}",
        ["llm.invocation_parameters"] = "{}",
        ["tool.parameters"] = "{}",
        ["embedding.embeddings.0.embedding.text"] = "in",
        ["embedding.embeddings.0.embedding.vector"] = Vector,
        ["exception.message"] = "quotes",
        ["tenant"] = "north",
    };

    /// <summary>What is left where nothing may be shown.</summary>
    public static Dictionary<string, object?> Facts() => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.request.temperature"] = 0.5,
        ["gen_ai.usage.input_tokens"] = 7,
        ["gen_ai.tool.description"] = "does",
        ["gen_ai.prompt.name"] = "template",
        ["llm.invocation_parameters"] = "{}",
        ["tenant"] = "north",
    };
}
