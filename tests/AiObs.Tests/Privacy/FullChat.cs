using System.Diagnostics;
using System.Text.Json;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>One chat call that has everything that can be hidden, and the attributes of its span when nothing is.</summary>
internal static class FullChat
{
    private const string InputMessages =
        """[{"role":"user","parts":[{"type":"text","content":"What is on it?"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQIDBA=="}]},"""
        + """{"role":"assistant","parts":[{"type":"text","content":"I look."},{"type":"tool_call","id":"c1","name":"look","arguments":{"at":"cat"}}]},"""
        + """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"a cat"}]}]""";

    private const string OutputMessages =
        """[{"role":"assistant","parts":[{"type":"reasoning","content":"It purrs."},{"type":"text","content":"A cat."},"""
        + """{"type":"tool_call","id":"c2","name":"look","arguments":{"at":"dog"}}],"finish_reason":"stop"}]""";

    private const string Parameters = """{"type":"object","properties":{"at":{"type":"string"}}}""";

    /// <summary>Makes the call and returns its span.</summary>
    public static async Task<Activity> CallAsync(Action<PrivacyOptions> configure)
    {
        var source = $"hide-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var client = StubChatClient.Answering(Response()).UseAgentObservability(o =>
        {
            o.SourceName = source;
            o.CaptureContent = ContentCapture.Spans;
            o.RecordedAdditionalProperties.Add("user_tier");
            configure(o.Privacy);
        });

        await client.GetResponseAsync(Request(), Options(), TestContext.Current.CancellationToken);

        return spans.Only();
    }

    /// <summary>Returns the attributes of the span when nothing is hidden.</summary>
    public static Dictionary<string, object?> Attributes() => new()
    {
        ["openinference.span.kind"] = "LLM",
        ["llm.system"] = "stub",
        ["llm.provider"] = "stub",
        ["llm.model_name"] = "stub-model",
        ["llm.request.model_name"] = "stub-model",
        ["llm.finish_reason"] = "stop",
        ["llm.invocation_parameters"] = """{"temperature":0.5,"stop":["END"]}""",
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-model",
        ["gen_ai.request.temperature"] = 0.5,
        ["gen_ai.request.stop_sequences"] = new[] { "END" },
        ["gen_ai.response.finish_reasons"] = new[] { "stop" },
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
        ["aiobs.request.user_tier"] = "gold",

        ["gen_ai.system_instructions"] = """[{"type":"text","content":"Be brief."}]""",
        ["gen_ai.input.messages"] = InputMessages,
        ["gen_ai.output.messages"] = OutputMessages,
        ["gen_ai.tool.definitions"] = $$"""[{"type":"function","name":"look","description":"Looks.","parameters":{{Parameters}}}]""",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},""" + InputMessages[1..],
        ["input.mime_type"] = "application/json",
        ["output.value"] = OutputMessages,
        ["output.mime_type"] = "application/json",

        ["llm.input_messages.0.message.role"] = "system",
        ["llm.input_messages.0.message.content"] = "Be brief.",
        ["llm.input_messages.1.message.role"] = "user",
        ["llm.input_messages.1.message.contents.0.message_content.type"] = "text",
        ["llm.input_messages.1.message.contents.0.message_content.text"] = "What is on it?",
        ["llm.input_messages.1.message.contents.1.message_content.type"] = "image",
        ["llm.input_messages.1.message.contents.1.message_content.image.image.url"] = "data:image/png;base64,AQIDBA==",
        ["llm.input_messages.2.message.role"] = "assistant",
        ["llm.input_messages.2.message.content"] = "I look.",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.id"] = "c1",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.function.name"] = "look",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments"] = """{"at":"cat"}""",
        ["llm.input_messages.3.message.role"] = "tool",
        ["llm.input_messages.3.message.tool_call_id"] = "c1",
        ["llm.input_messages.3.message.content"] = "a cat",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["llm.output_messages.0.message.contents.0.message_content.type"] = "reasoning",
        ["llm.output_messages.0.message.contents.0.message_content.text"] = "It purrs.",
        ["llm.output_messages.0.message.contents.1.message_content.type"] = "text",
        ["llm.output_messages.0.message.contents.1.message_content.text"] = "A cat.",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.id"] = "c2",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.function.name"] = "look",
        ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"at":"dog"}""",
        ["llm.tools.0.tool.json_schema"] =
            $$$"""{"type":"function","function":{"name":"look","description":"Looks.","parameters":{{{Parameters}}}}}""",
    };

    private static ChatMessage[] Request() =>
    [
        new(ChatRole.User, [new TextContent("What is on it?"), new DataContent(new byte[] { 1, 2, 3, 4 }, "image/png")]),
        new(ChatRole.Assistant, [new TextContent("I look."), new FunctionCallContent("c1", "look", Arguments("cat"))]),
        new(ChatRole.Tool, [new FunctionResultContent("c1", "a cat")]),
    ];

    private static ChatOptions Options() => new()
    {
        Instructions = "Be brief.",
        Temperature = 0.5f,
        StopSequences = ["END"],
        AdditionalProperties = new() { ["user_tier"] = "gold" },
        Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonElement.Parse(Parameters))],
    };

    private static ChatResponse Response() => new(new ChatMessage(
        ChatRole.Assistant,
        [new TextReasoningContent("It purrs."), new TextContent("A cat."), new FunctionCallContent("c2", "look", Arguments("dog"))]))
    {
        FinishReason = ChatFinishReason.Stop,
    };

    private static Dictionary<string, object?> Arguments(string at) => new() { ["at"] = at };
}
