using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class ObservingChatClientTests
{
    private readonly string _source = $"chat-{Guid.NewGuid():N}";

    [Fact]
    public async Task GetResponseAsync_PlainCallWithContent_WritesBothConventions()
    {
        using var spans = new SpanCollector(_source);
        using var stub = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "stub-model-1",
            ResponseId = "r1",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
        });
        using var client = stub.UseAgentObservability(o =>
        {
            o.SourceName = _source;
            o.CaptureContent = ContentCapture.Spans;
        });

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        var span = spans.Only("chat stub-model");
        Assert.Equal(ActivityKind.Client, span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "LLM",
                ["llm.system"] = "stub",
                ["llm.provider"] = "stub",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-model",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
                ["llm.model_name"] = "stub-model-1",
                ["llm.request.model_name"] = "stub-model",
                ["llm.response.model_name"] = "stub-model-1",
                ["llm.finish_reason"] = "stop",
                ["llm.token_count.prompt"] = 7L,
                ["llm.token_count.completion"] = 3L,
                ["llm.token_count.total"] = 10L,
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.id"] = "r1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.usage.output_tokens"] = 3L,
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""",
                ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Hello.",
                ["output.mime_type"] = "text/plain",
                ["llm.output_messages.0.message.role"] = "assistant",
                ["llm.output_messages.0.message.content"] = "Hello.",
                ["llm.input_messages.0.message.role"] = "user",
                ["llm.input_messages.0.message.content"] = "Hi",
            },
            span);
    }
}
