using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Tests.Receiving;

public sealed class ContentTests
{
    private const string Canary = "canary4711";

    public static TheoryData<string, string> ContentKeys => new()
    {
        { "chat", "gen_ai.input.messages" },
        { "chat", "gen_ai.output.messages" },
        { "chat", "gen_ai.system_instructions" },
        { "chat", "gen_ai.tool.definitions" },
        { "chat", "gen_ai.prompt" },
        { "chat", "gen_ai.completion" },
        { "chat", "gen_ai.prompt.0.content" },
        { "chat", "gen_ai.prompt.0.unknown" },
        { "chat", "gen_ai.completion.0.content" },
        { "chat", "gen_ai.new_key_of_the_convention" },
        { "chat", "llm.input_messages.0.message.content" },
        { "chat", "llm.output_messages.0.message.contents.0.message_content.text" },
        { "chat", "llm.output_messages.0.message.unknown" },
        { "chat", "llm.prompts.0.prompt.text" },
        { "chat", "llm.request.functions.0.description" },
        { "chat", "llm.headers" },
        { "chat", "traceloop.entity.input" },
        { "chat", "traceloop.entity.output" },
        { "chat", "traceloop.prompt.template" },
        { "chat", "input.value" },
        { "chat", "output.value" },
        { "chat", "ai.prompt" },
        { "chat", "ai.response.text" },
        { "chat", "ai.toolCall.args" },
        { "chat", "all_messages_events" },
        { "chat", "error.message" },
        { "execute_tool", "gen_ai.tool.call.arguments" },
        { "execute_tool", "gen_ai.tool.call.result" },
        { "execute_tool", "traceloop.entity.input" },
        { "embeddings", "embedding.embeddings.0.embedding.text" },
        { "retrieval", "gen_ai.retrieval.query.text" },
        { "retrieval", "retrieval.documents.0.document.content" },
        { "", "gen_ai.input.messages" },
        { "", "traceloop.entity.input" },
        { "", "my.own.key" },
    };

    [Theory]
    [MemberData(nameof(ContentKeys))]
    public async Task Content_WhereItIsNotCaptured_IsNowhere(string operation, string key)
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(Requests.Span(1, "s", [.. Operation(operation), ("traceloop.span.kind", "tool"), (key, $"[{{\"content\":\"{Canary}\"}}]")]));

        Assert.DoesNotContain(Canary, Kept.Of(await host.SpanAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentOfEventsAndStatus_WhereItIsNotCaptured_IsNowhere()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(
            Messages(Requests.Span(1, "s", Operation("chat"))).Fails($"quota of {Canary}"),
            Messages(Requests.Span(2, "s")).Fails($"quota of {Canary}"));

        var spans = await host.SpansAsync();
        Assert.Equal(
            """
            error.type = "RateLimitError"
            gen_ai.operation.name = "chat"
            openinference.span.kind = "LLM"
            service.name = "agent-py"
            events = [{"name":"gen_ai.user.message","time":"2026-11-30T12:00:01.5000000Z","attributes":{"gen_ai.system":"openai"}},{"name":"exception","time":"2026-11-30T12:00:01.5000000Z","attributes":{"exception.type":"RateLimitError"}},{"name":"note","time":"2026-11-30T12:00:01.5000000Z","attributes":{"my.own.key":"__REDACTED__"}}]
            said: events.0.gen_ai.event.content = "__REDACTED__"
            said: events.1.exception.message = "__REDACTED__"
            said: events.1.exception.stacktrace = "__REDACTED__"
            """,
            Kept.Of(spans[0]));
        Assert.Equal(
            """
            service.name = "agent-py"
            events = [{"name":"gen_ai.user.message","time":"2026-11-30T12:00:02.5000000Z","attributes":{"gen_ai.system":"openai"}},{"name":"exception","time":"2026-11-30T12:00:02.5000000Z","attributes":{"exception.type":"RateLimitError"}},{"name":"note","time":"2026-11-30T12:00:02.5000000Z","attributes":{"my.own.key":"__REDACTED__"}}]
            said: events.0.gen_ai.event.content = "__REDACTED__"
            said: events.1.exception.message = "__REDACTED__"
            said: events.1.exception.stacktrace = "__REDACTED__"
            """, Kept.Of(spans[1]));
    }

    [Fact]
    public async Task ContentOfEvents_WhereItIsCaptured_IsContent()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.CaptureContent = ContentCapture.Spans);

        await host.TakeAsync(Messages(Requests.Span(1, "s", Operation("chat"))).Fails("quota"));

        Assert.Equal(
            """
            error.type = "RateLimitError"
            gen_ai.operation.name = "chat"
            input.mime_type = "application/json"
            openinference.span.kind = "LLM"
            service.name = "agent-py"
            events = [{"name":"gen_ai.user.message","time":"2026-11-30T12:00:01.5000000Z","attributes":{"gen_ai.system":"openai"}},{"name":"exception","time":"2026-11-30T12:00:01.5000000Z","attributes":{"exception.type":"RateLimitError"}},{"name":"note","time":"2026-11-30T12:00:01.5000000Z","attributes":{"my.own.key":"canary4711"}}]
            said: events.0.gen_ai.event.content = "{\"role\":\"user\",\"content\":\"canary4711\"}"
            said: events.1.exception.message = "quota of canary4711"
            said: events.1.exception.stacktrace = "at canary4711"
            said: gen_ai.input.messages = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"canary4711\"}]}]"
            said: input.value = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"canary4711\"}]}]"
            said: llm.input_messages.0.message.content = "canary4711"
            said: llm.input_messages.0.message.role = "user"
            said: otel.status_description = "quota"
            """,
            Kept.Of(await host.SpanAsync()));
    }

    [Fact]
    public async Task HiddenInputs_AreHiddenAndOutputsAreNot()
    {
        await using var host = await ReceiverHost.StartAsync(static o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.HideInputs = true;
        });

        await host.TakeAsync(Requests.Span(
            1,
            "ChatCompletion",
            ("openinference.span.kind", "LLM"),
            ("llm.input_messages.0.message.role", "user"),
            ("llm.input_messages.0.message.content", Canary),
            ("input.value", Canary),
            ("llm.output_messages.0.message.role", "assistant"),
            ("llm.output_messages.0.message.content", "It rains.")));

        Assert.Equal(
            """
            aiobs.cost.completeness = "estimated"
            aiobs.cost.rule = "*"
            aiobs.cost.source = "options"
            aiobs.cost.total = 3.7E-05
            gen_ai.operation.name = "chat"
            input.mime_type = "text/plain"
            llm.cost.completion = 3E-05
            llm.cost.completion_details.output = 3E-05
            llm.cost.prompt = 7E-06
            llm.cost.prompt_details.input = 7E-06
            llm.cost.total = 3.7E-05
            openinference.span.kind = "LLM"
            output.mime_type = "text/plain"
            service.name = "agent-py"
            said: gen_ai.output.messages = "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"It rains.\"}],\"finish_reason\":\"unknown\"}]"
            said: input.value = "__REDACTED__"
            said: llm.output_messages.0.message.content = "It rains."
            said: llm.output_messages.0.message.role = "assistant"
            said: output.value = "It rains."
            """,
            Kept.Of(await host.SpanAsync()));
    }

    [Fact]
    public async Task RulesOfRedaction_HoldForContentAndForKeysThatNobodyKnows()
    {
        await using var host = await ReceiverHost.StartAsync(static o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.RedactText = static (_, text) => text.Replace(Canary, "[gone]", StringComparison.Ordinal);
        });

        await host.TakeAsync(Requests.Span(
            1,
            "weather.tool",
            ("traceloop.span.kind", "tool"),
            ("traceloop.entity.name", "weather"),
            ("traceloop.entity.input", $$"""{"key":"{{Canary}}"}"""),
            ("my.own.key", $"a {Canary}")).Fails($"no {Canary}"));

        Assert.Equal(
            """
            error.type = "_OTHER"
            gen_ai.operation.name = "execute_tool"
            gen_ai.tool.name = "weather"
            gen_ai.tool.type = "function"
            input.mime_type = "application/json"
            my.own.key = "a [gone]"
            openinference.span.kind = "TOOL"
            service.name = "agent-py"
            tool.name = "weather"
            traceloop.entity.name = "weather"
            traceloop.span.kind = "tool"
            events = [{"name":"exception","time":"2026-11-30T12:00:01.5000000Z","attributes":{"exception.type":"_OTHER"}}]
            said: events.0.exception.message = "no [gone]"
            said: gen_ai.tool.call.arguments = "{\"key\":\"[gone]\"}"
            said: input.value = "{\"key\":\"[gone]\"}"
            said: otel.status_description = "no [gone]"
            said: tool.parameters = "{\"key\":\"[gone]\"}"
            """,
            Kept.Of(await host.SpanAsync()));
    }

    [Fact]
    public async Task IdsOfUsers_WithAKey_AreHashes()
    {
        await using var host = await ReceiverHost.StartAsync(static o => o.Privacy.UserIdHashKey = "0123456789abcdef0123456789abcdef");

        await host.TakeAsync(
            Requests.Span(1, "s", [.. Operation("chat"), ("gen_ai.usage.input_tokens", 1), ("user.id", Canary)]),
            Requests.Span(2, "s", ("traceloop.span.kind", "task"), ("traceloop.association.properties.user_id", Canary)),
            Requests.Span(3, "s", ("enduser.id", Canary)));

        var spans = await host.SpansAsync();
        var hash = spans[0].UserId!;
        Assert.Matches("^[0-9a-f]{32,}$", hash);
        Assert.Equal([hash, hash, hash], spans.Select(static span => span.UserId));
        Assert.All(spans, static span => Assert.DoesNotContain(Canary, Kept.Of(span), StringComparison.Ordinal));
        Assert.Equal(hash, Assert.Single(await host.CostsAsync()).UserId);
    }

    private static (string Key, object Value)[] Operation(string operation) => operation.Length == 0 ? [] : [("gen_ai.operation.name", operation)];

    private static Span Messages(Span span) => span
        .Has("gen_ai.user.message", ("gen_ai.system", "openai"), ("gen_ai.event.content", $$"""{"role":"user","content":"{{Canary}}"}"""))
        .Has("exception", ("exception.type", "RateLimitError"), ("exception.message", $"quota of {Canary}"), ("exception.stacktrace", $"at {Canary}"))
        .Has("note", ("my.own.key", Canary));
}
