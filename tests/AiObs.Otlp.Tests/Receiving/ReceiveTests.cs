using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport;

namespace AiObs.Otlp.Tests.Receiving;

public sealed class ReceiveTests
{
    [Fact]
    public async Task GenAISpan_OfAnotherProcess_IsKeptWithTokensAndCost()
    {
        await using var host = await ReceiverHost.StartAsync();

        await host.TakeAsync(Requests.Span(
            1,
            "chat gpt-5-mini",
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.provider.name", "openai"),
            ("gen_ai.request.model", "gpt-5-mini"),
            ("gen_ai.usage.input_tokens", 1_000),
            ("gen_ai.usage.output_tokens", 100),
            ("gen_ai.response.finish_reasons", new[] { "stop" }),
            ("user.id", "u-1"),
            ("session.id", "s-1"),
            ("gen_ai.conversation.id", "c-1")));

        var span = await host.SpanAsync();
        Assert.Equal(
            (Requests.Hex(Requests.TraceId(1)), Requests.Hex(Requests.SpanId(1)), (string?)null, true, Requests.Start.AddSeconds(1), TimeSpan.FromSeconds(0.5), Requests.Scope, "chat gpt-5-mini"),
            (span.TraceId, span.SpanId, span.ParentSpanId, span.IsRoot, span.Time, span.Duration, span.Source, span.Name));
        Assert.Equal(
            (OperationKind.Chat, "openai", "gpt-5-mini", "c-1", "u-1", "s-1", 1_000L, 100L, false),
            (span.Kind, span.Provider, span.Model, span.ConversationId, span.UserId, span.SessionId, span.InputTokens, span.OutputTokens, span.IsError));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["x"] = "y",
            },
            ReceiverHost.Attributes(span.Attributes));
    }
}
