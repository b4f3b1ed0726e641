using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>Microsoft.Extensions.AI with sensitive data on: today's attributes, indented, and the options of the request under their own names.</summary>
public sealed class ExtensionsAIContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "openai",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reasons"] = (string[])["stop"],
        ["llm.finish_reason"] = "stop",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "openai",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "openai",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => new()
    {
        ["gen_ai.input.messages"] = """
            [
              { "role": "user", "parts": [ { "type": "text", "content": "Mail a@example.com" } ] },
              { "role": "assistant", "parts": [ { "type": "tool_call", "id": "c1", "name": "mail", "arguments": { "to": "a@example.com" } } ] },
              { "role": "tool", "parts": [ { "type": "tool_call_response", "id": "c1", "response": "Sent to a@example.com" } ] }
            ]
            """,
        ["gen_ai.output.messages"] = """
            [ { "role": "assistant", "parts": [ { "type": "text", "content": "Told a@example.com" } ], "finish_reason": "stop" } ]
            """,
        ["gen_ai.system_instructions"] = """[ { "type": "text", "content": "Be brief" } ]""",
        ["gen_ai.tool.definitions"] = """[ { "type": "function", "name": "mail", "description": "Mails", "parameters": {} } ]""",
        ["user_question"] = "a@example.com",
    };

    protected override Dictionary<string, object?> Ours => new()
    {
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","parts":[{"type":"text","content":"Mail a@example.com"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to a@example.com"}]}]""",
        ["llm.input_messages.0.message.content"] = "Be brief",
        ["llm.input_messages.0.message.role"] = "system",
        ["llm.input_messages.1.message.content"] = "Mail a@example.com",
        ["llm.input_messages.1.message.role"] = "user",
        ["llm.input_messages.2.message.role"] = "assistant",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"a@example.com"}""",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.function.name"] = "mail",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.id"] = "c1",
        ["llm.input_messages.3.message.content"] = "Sent to a@example.com",
        ["llm.input_messages.3.message.role"] = "tool",
        ["llm.input_messages.3.message.tool_call_id"] = "c1",
        ["llm.output_messages.0.message.content"] = "Told a@example.com",
        ["llm.output_messages.0.message.role"] = "assistant",
        ["llm.tools.0.tool.json_schema"] = """{"type":"function","function":{"name":"mail","description":"Mails","parameters":{}}}""",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"__REDACTED__"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"stop"}]""",
        ["gen_ai.system_instructions"] = """[{"type":"text","content":"__REDACTED__"}]""",
        ["gen_ai.tool.definitions"] = """[{"type":"function","name":"mail","description":"Mails","parameters":{}}]""",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"a@example.com"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"__REDACTED__"}]}]""",
        ["llm.input_messages.0.message.content"] = "__REDACTED__",
        ["llm.input_messages.1.message.content"] = "__REDACTED__",
        ["llm.input_messages.3.message.content"] = "__REDACTED__",
        ["user_question"] = null,
    };

    protected override Dictionary<string, object?> Names => new() { ["gen_ai.tool.definitions"] = """[{"type":"function","name":"mail"}]""" };

    protected override Dictionary<string, object?> FlatNames =>
        new() { ["llm.tools.0.tool.json_schema"] = """{"type":"function","function":{"name":"mail"}}""" };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 4L,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"stop"}]""",
        ["gen_ai.system_instructions"] = """[{"type":"text","content":"Be brief"}]""",
        ["gen_ai.tool.definitions"] = """[{"type":"function","name":"mail","description":"Mails","parameters":{}}]""",
        ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief"}]},{"role":"user","parts":[{"type":"text","content":"Mail [EMAIL]"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"mail","arguments":{"to":"[EMAIL]"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"Sent to [EMAIL]"}]}]""",
        ["llm.input_messages.1.message.content"] = "Mail [EMAIL]",
        ["llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments"] = """{"to":"[EMAIL]"}""",
        ["llm.input_messages.3.message.content"] = "Sent to [EMAIL]",
        ["llm.output_messages.0.message.content"] = "Told [EMAIL]",
        ["output.value"] = "Told [EMAIL]",
        ["user_question"] = "[EMAIL]",
    };

    private protected override Activity Write(BridgeScene scene)
    {
        var span = scene.Start(
            "Experimental.Microsoft.Extensions.AI",
            "chat m",
            ActivityKind.Client,
            [
                new("gen_ai.operation.name", "chat"),
                new("gen_ai.request.model", "m"),
                new("gen_ai.provider.name", "openai"),
                new("gen_ai.response.finish_reasons", """["stop"]"""),
                .. Theirs,
            ]);
        span.SetCustomProperty("__EnableSensitiveData__", "true");
        return span;
    }
}
