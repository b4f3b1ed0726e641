using AiObs.Operations;

namespace AiObs.Otlp.Tests.Receiving;

public sealed class ReceiveTests
{
    private static (string Key, object Value)[] Call =>
    [
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", "openai"),
        ("gen_ai.request.model", "gpt-5-mini"),
        ("gen_ai.usage.input_tokens", 1_000),
        ("gen_ai.usage.output_tokens", 100),
    ];

    [Fact]
    public async Task GenAISpan_OfAnotherProcess_IsKeptWithTokensAndCost()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(Requests.Span(
            1,
            "chat gpt-5-mini",
            [.. Call, ("gen_ai.response.finish_reasons", new[] { "stop" }), ("user.id", "u-1"), ("session.id", "s-1"), ("gen_ai.conversation.id", "c-1")]));

        var span = await host.SpanAsync();
        Assert.Equal(
            (Requests.Hex(Requests.TraceId(1)), Requests.Hex(Requests.SpanId(1)), (string?)null, true, Requests.Start.AddSeconds(1), TimeSpan.FromSeconds(0.5), Requests.Scope, "chat gpt-5-mini"),
            (span.TraceId, span.SpanId, span.ParentSpanId, span.IsRoot, span.Time, span.Duration, span.Source, span.Name));
        Assert.Equal(
            (OperationKind.Chat, "openai", "gpt-5-mini", "c-1", "u-1", "s-1", 1_000L, 100L, false),
            (span.Kind, span.Provider, span.Model, span.ConversationId, span.UserId, span.SessionId, span.InputTokens, span.OutputTokens, span.IsError));
        Assert.Equal(
            """
            aiobs.cost.completeness = "exact"
            aiobs.cost.rule = "*"
            aiobs.cost.source = "options"
            aiobs.cost.total = 0.002
            gen_ai.conversation.id = "c-1"
            gen_ai.operation.name = "chat"
            gen_ai.provider.name = "openai"
            gen_ai.request.model = "gpt-5-mini"
            gen_ai.response.finish_reasons = ["stop"]
            gen_ai.usage.input_tokens = 1000
            gen_ai.usage.output_tokens = 100
            llm.cost.completion = 0.001
            llm.cost.completion_details.output = 0.001
            llm.cost.prompt = 0.001
            llm.cost.prompt_details.input = 0.001
            llm.cost.total = 0.002
            llm.finish_reason = "stop"
            llm.model_name = "gpt-5-mini"
            llm.provider = "openai"
            llm.request.model_name = "gpt-5-mini"
            llm.system = "openai"
            llm.token_count.completion = 100
            llm.token_count.prompt = 1000
            llm.token_count.total = 1100
            openinference.span.kind = "LLM"
            service.name = "agent-py"
            session.id = "s-1"
            user.id = "u-1"
            """,
            Kept.Of(span));
        var cost = Assert.Single(await host.CostsAsync());
        Assert.Equal(
            (span.TraceId, span.SpanId, span.Time, "openai", "gpt-5-mini", "c-1", "u-1", "s-1", 0.002m, CostCompleteness.Exact),
            (cost.TraceId, cost.SpanId, cost.Time, cost.Provider, cost.RequestModel, cost.ConversationId, cost.UserId, cost.SessionId, cost.Total, cost.Receipt.Completeness));
    }

    [Fact]
    public async Task OpenLLMetryCall_WithContent_IsWhatOneOfOurOwnIs()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await host.TakeAsync(Requests.Span(
            1,
            "openai.chat",
            ("llm.request.type", "chat"),
            ("gen_ai.system", "OpenAI"),
            ("gen_ai.request.model", "gpt-5-mini"),
            ("gen_ai.response.model", "gpt-5-mini-2025-08-07"),
            ("gen_ai.response.id", "chatcmpl-1"),
            ("gen_ai.usage.prompt_tokens", 1_000),
            ("gen_ai.usage.completion_tokens", 100),
            ("llm.usage.total_tokens", 1_100),
            ("gen_ai.usage.cache_read_input_tokens", 0),
            ("traceloop.workflow.name", "weather"),
            ("traceloop.association.properties.user_id", "u-1"),
            ("traceloop.association.properties.chat_id", "c-1"),
            ("gen_ai.prompt.0.role", "system"),
            ("gen_ai.prompt.0.content", "Be brief."),
            ("gen_ai.prompt.1.role", "user"),
            ("gen_ai.prompt.1.content", "Weather in Oslo?"),
            ("gen_ai.completion.0.role", "assistant"),
            ("gen_ai.completion.0.finish_reason", "tool_calls"),
            ("gen_ai.completion.0.tool_calls.0.id", "call-1"),
            ("gen_ai.completion.0.tool_calls.0.name", "get_weather"),
            ("gen_ai.completion.0.tool_calls.0.arguments", """{"city":"Oslo"}""")));

        var span = await host.SpanAsync();
        Assert.Equal(
            (OperationKind.Chat, "openai", "gpt-5-mini-2025-08-07", "c-1", "u-1", 1_000L, 100L),
            (span.Kind, span.Provider, span.Model, span.ConversationId, span.UserId, span.InputTokens, span.OutputTokens));
        Assert.Equal(
            """
            aiobs.cost.completeness = "exact"
            aiobs.cost.rule = "*"
            aiobs.cost.source = "options"
            aiobs.cost.total = 0.002
            gen_ai.conversation.id = "c-1"
            gen_ai.operation.name = "chat"
            gen_ai.provider.name = "openai"
            gen_ai.request.model = "gpt-5-mini"
            gen_ai.response.finish_reasons = ["tool_calls"]
            gen_ai.response.id = "chatcmpl-1"
            gen_ai.response.model = "gpt-5-mini-2025-08-07"
            gen_ai.system = "OpenAI"
            gen_ai.usage.cache_read.input_tokens = 0
            gen_ai.usage.cache_read_input_tokens = 0
            gen_ai.usage.completion_tokens = 100
            gen_ai.usage.input_tokens = 1000
            gen_ai.usage.output_tokens = 100
            gen_ai.usage.prompt_tokens = 1000
            input.mime_type = "application/json"
            llm.cost.completion = 0.001
            llm.cost.completion_details.output = 0.001
            llm.cost.prompt = 0.001
            llm.cost.prompt_details.input = 0.001
            llm.cost.total = 0.002
            llm.finish_reason = "tool_calls"
            llm.model_name = "gpt-5-mini-2025-08-07"
            llm.provider = "openai"
            llm.request.model_name = "gpt-5-mini"
            llm.request.type = "chat"
            llm.response.model_name = "gpt-5-mini-2025-08-07"
            llm.system = "openai"
            llm.token_count.completion = 100
            llm.token_count.prompt = 1000
            llm.token_count.prompt_details.cache_read = 0
            llm.token_count.total = 1100
            llm.usage.total_tokens = 1100
            openinference.span.kind = "LLM"
            output.mime_type = "application/json"
            service.name = "agent-py"
            session.id = "c-1"
            traceloop.association.properties.chat_id = "c-1"
            traceloop.association.properties.user_id = "u-1"
            traceloop.workflow.name = "weather"
            user.id = "u-1"
            said: gen_ai.input.messages = "[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief.\"}]},{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Weather in Oslo?\"}]}]"
            said: gen_ai.output.messages = "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call-1\",\"name\":\"get_weather\",\"arguments\":{\"city\":\"Oslo\"}}],\"finish_reason\":\"tool_call\"}]"
            said: input.value = "[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief.\"}]},{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Weather in Oslo?\"}]}]"
            said: llm.input_messages.0.message.content = "Be brief."
            said: llm.input_messages.0.message.role = "system"
            said: llm.input_messages.1.message.content = "Weather in Oslo?"
            said: llm.input_messages.1.message.role = "user"
            said: llm.output_messages.0.message.role = "assistant"
            said: llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments = "{\"city\":\"Oslo\"}"
            said: llm.output_messages.0.message.tool_calls.0.tool_call.function.name = "get_weather"
            said: llm.output_messages.0.message.tool_calls.0.tool_call.id = "call-1"
            said: output.value = "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call-1\",\"name\":\"get_weather\",\"arguments\":{\"city\":\"Oslo\"}}],\"finish_reason\":\"tool_call\"}]"
            """,
            Kept.Of(span));
        Assert.Equal(0.002m, Assert.Single(await host.CostsAsync()).Total);
    }

    [Fact]
    public async Task OpenLLMetryWorkflow_AgentAndTool_AreAKindEach()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await host.TakeAsync(
            Requests.Span(1, "weather.workflow", ("traceloop.span.kind", "workflow"), ("traceloop.entity.name", "weather"), ("traceloop.entity.input", """{"q":"Oslo?"}"""), ("traceloop.entity.output", """{"a":"Rain"}""")),
            Requests.Span(2, "forecaster.agent", ("traceloop.span.kind", "agent"), ("traceloop.entity.name", "forecaster"), ("traceloop.entity.path", "weather")).In(1),
            Requests.Span(3, "openai.chat", [.. Call]).In(2),
            Requests.Span(4, "get_weather.tool", ("traceloop.span.kind", "tool"), ("traceloop.entity.name", "get_weather"), ("traceloop.entity.input", """{"city":"Oslo"}"""), ("traceloop.entity.output", "Rain")).In(2));

        var spans = await host.SpansAsync();
        Assert.Equal(
            [(OperationKind.Chain, true, null, null, null), (OperationKind.Agent, false, "forecaster", null, null), (OperationKind.Chat, false, "forecaster", null, 1_000L), (OperationKind.Tool, false, "forecaster", "get_weather", null)],
            spans.Select(static span => (span.Kind, span.IsRoot, span.Agent, span.Tool, span.InputTokens)));
        Assert.Equal(
            """
            openinference.span.kind = "CHAIN"
            service.name = "agent-py"
            traceloop.entity.name = "weather"
            traceloop.span.kind = "workflow"
            said: input.value = "{\"q\":\"Oslo?\"}"
            said: output.value = "{\"a\":\"Rain\"}"
            """,
            Kept.Of(spans[0]));
        Assert.Equal(
            """
            agent.name = "forecaster"
            aiobs.agent.iterations = 1
            aiobs.agent.tools_used = ["get_weather"]
            gen_ai.agent.name = "forecaster"
            gen_ai.operation.name = "invoke_agent"
            openinference.span.kind = "AGENT"
            service.name = "agent-py"
            traceloop.entity.name = "forecaster"
            traceloop.entity.path = "weather"
            traceloop.span.kind = "agent"
            """,
            Kept.Of(spans[1]));
        Assert.Equal(
            """
            gen_ai.operation.name = "execute_tool"
            gen_ai.tool.name = "get_weather"
            gen_ai.tool.type = "function"
            input.mime_type = "application/json"
            openinference.span.kind = "TOOL"
            output.mime_type = "text/plain"
            service.name = "agent-py"
            tool.name = "get_weather"
            traceloop.entity.name = "get_weather"
            traceloop.span.kind = "tool"
            said: gen_ai.tool.call.arguments = "{\"city\":\"Oslo\"}"
            said: gen_ai.tool.call.result = "Rain"
            said: input.value = "{\"city\":\"Oslo\"}"
            said: output.value = "Rain"
            said: tool.parameters = "{\"city\":\"Oslo\"}"
            """,
            Kept.Of(spans[3]));
    }

    [Fact]
    public async Task OpenInferenceCall_WithContent_IsWhatOneOfOurOwnIs()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await host.TakeAsync(Requests.Span(
            1,
            "ChatCompletion",
            ("openinference.span.kind", "LLM"),
            ("llm.system", "openai"),
            ("llm.provider", "azure"),
            ("llm.model_name", "gpt-5-mini"),
            ("llm.token_count.prompt", 1_000),
            ("llm.token_count.completion", 100),
            ("llm.token_count.total", 1_100),
            ("llm.token_count.prompt_details.cache_read", 400),
            ("llm.invocation_parameters", """{"temperature":0.5}"""),
            ("session.id", "s-1"),
            ("llm.input_messages.0.message.role", "user"),
            ("llm.input_messages.0.message.contents.0.message_content.type", "text"),
            ("llm.input_messages.0.message.contents.0.message_content.text", "Weather in Oslo?"),
            ("llm.input_messages.1.message.role", "assistant"),
            ("llm.input_messages.1.message.tool_calls.0.tool_call.id", "call-1"),
            ("llm.input_messages.1.message.tool_calls.0.tool_call.function.name", "get_weather"),
            ("llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments", """{"city":"Oslo"}"""),
            ("llm.input_messages.2.message.role", "tool"),
            ("llm.input_messages.2.message.tool_call_id", "call-1"),
            ("llm.input_messages.2.message.content", "Rain"),
            ("llm.output_messages.0.message.role", "assistant"),
            ("llm.output_messages.0.message.content", "It rains."),
            ("input.value", "Weather in Oslo?"),
            ("output.value", "It rains.")));

        var span = await host.SpanAsync();
        Assert.Equal(
            (OperationKind.Chat, "azure.ai.openai", "gpt-5-mini", "s-1", 1_000L, 100L),
            (span.Kind, span.Provider, span.Model, span.SessionId, span.InputTokens, span.OutputTokens));
        Assert.Equal(
            """
            aiobs.cost.completeness = "estimated"
            aiobs.cost.rule = "*"
            aiobs.cost.source = "options"
            aiobs.cost.total = 0.002
            gen_ai.conversation.id = "s-1"
            gen_ai.operation.name = "chat"
            gen_ai.provider.name = "azure.ai.openai"
            gen_ai.request.model = "gpt-5-mini"
            gen_ai.usage.cache_read.input_tokens = 400
            gen_ai.usage.input_tokens = 1000
            gen_ai.usage.output_tokens = 100
            input.mime_type = "text/plain"
            llm.cost.completion = 0.001
            llm.cost.completion_details.output = 0.001
            llm.cost.prompt = 0.001
            llm.cost.prompt_details.input = 0.001
            llm.cost.total = 0.002
            llm.invocation_parameters = "{\"temperature\":0.5}"
            llm.model_name = "gpt-5-mini"
            llm.provider = "azure"
            llm.request.model_name = "gpt-5-mini"
            llm.system = "openai"
            llm.token_count.completion = 100
            llm.token_count.prompt = 1000
            llm.token_count.prompt_details.cache_read = 400
            llm.token_count.total = 1100
            openinference.span.kind = "LLM"
            output.mime_type = "text/plain"
            service.name = "agent-py"
            session.id = "s-1"
            said: gen_ai.input.messages = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Weather in Oslo?\"}]},{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call-1\",\"name\":\"get_weather\",\"arguments\":{\"city\":\"Oslo\"}}]},{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"call-1\",\"response\":\"Rain\"}]}]"
            said: gen_ai.output.messages = "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"It rains.\"}],\"finish_reason\":\"unknown\"}]"
            said: input.value = "Weather in Oslo?"
            said: llm.input_messages.0.message.content = "Weather in Oslo?"
            said: llm.input_messages.0.message.role = "user"
            said: llm.input_messages.1.message.role = "assistant"
            said: llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments = "{\"city\":\"Oslo\"}"
            said: llm.input_messages.1.message.tool_calls.0.tool_call.function.name = "get_weather"
            said: llm.input_messages.1.message.tool_calls.0.tool_call.id = "call-1"
            said: llm.input_messages.2.message.content = "Rain"
            said: llm.input_messages.2.message.role = "tool"
            said: llm.input_messages.2.message.tool_call_id = "call-1"
            said: llm.output_messages.0.message.content = "It rains."
            said: llm.output_messages.0.message.role = "assistant"
            said: output.value = "It rains."
            """,
            Kept.Of(span));
        Assert.Equal(0.002m, Assert.Single(await host.CostsAsync()).Total);
    }

    [Fact]
    public async Task OpenInferenceSpans_OfAllKinds_KeepTheirKind()
    {
        string[] kinds = ["LLM", "EMBEDDING", "TOOL", "AGENT", "PROMPT", "RETRIEVER", "RERANKER", "GUARDRAIL", "EVALUATOR", "CHAIN"];
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(kinds.Select(static (kind, number) => Requests.Span(number + 1, kind, ("openinference.span.kind", kind), ("agent.name", "a"), ("tool.name", "t"))));

        var spans = await host.SpansAsync();
        Assert.Equal(
            [
                OperationKind.Chat, OperationKind.Embeddings, OperationKind.Tool, OperationKind.Agent, OperationKind.Prompt,
                OperationKind.Retriever, OperationKind.Reranker, OperationKind.Guardrail, OperationKind.Evaluator, OperationKind.Chain,
            ],
            spans.Select(static span => span.Kind));
        Assert.Equal(kinds, spans.Select(static span => span.Name));
    }

    [Fact]
    public async Task SpanThatIsNoWorkWithModels_IsKeptAsItCame()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(Requests.Span(1, "POST /ask", ("http.request.method", "POST"), ("http.response.status_code", 500)).Fails("boom"));

        var span = await host.SpanAsync();
        Assert.Equal(("POST /ask", null, true), (span.Name, span.Kind, span.IsError));
        Assert.Equal(
            """
            http.request.method = "POST"
            http.response.status_code = 500
            service.name = "agent-py"
            """,
            Kept.Of(span));
    }
}
