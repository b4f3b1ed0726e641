using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class OpenAIClientTests
{
    private const string Source = "OpenAI.ChatClient";

    [Fact]
    public void Chat_Completed_IsAnLlmSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "chat gpt-4o-mini",
            ActivityKind.Client,
            new("gen_ai.system", "openai"),
            new("gen_ai.operation.name", "chat"),
            new("server.address", "api.openai.com"),
            new("server.port", 443),
            new("gen_ai.request.model", "gpt-4o-mini"),
            new("gen_ai.request.max_tokens", 15),
            new("gen_ai.request.temperature", 0.3f),
            new("gen_ai.request.top_p", 0.42f),
            new("gen_ai.response.id", "chatcmpl-2"),
            new("gen_ai.response.model", "gpt-4o-mini-2024-07-18"),
            new("gen_ai.response.finish_reasons", (string[])["tool_calls"]),
            new("gen_ai.usage.input_tokens", 20),
            new("gen_ai.usage.output_tokens", 10));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.request.max_tokens"] = 15L,
                ["gen_ai.request.model"] = "gpt-4o-mini",
                ["gen_ai.request.temperature"] = 0.3,
                ["gen_ai.request.top_p"] = 0.42,
                ["gen_ai.response.finish_reasons"] = (string[])["tool_calls"],
                ["gen_ai.response.id"] = "chatcmpl-2",
                ["gen_ai.response.model"] = "gpt-4o-mini-2024-07-18",
                ["gen_ai.system"] = "openai",
                ["gen_ai.usage.input_tokens"] = 20L,
                ["gen_ai.usage.output_tokens"] = 10L,
                ["llm.finish_reason"] = "tool_calls",
                ["llm.invocation_parameters"] = "{\"temperature\":0.3,\"top_p\":0.42,\"max_tokens\":15}",
                ["llm.model_name"] = "gpt-4o-mini-2024-07-18",
                ["llm.provider"] = "openai",
                ["llm.request.model_name"] = "gpt-4o-mini",
                ["llm.response.model_name"] = "gpt-4o-mini-2024-07-18",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 10L,
                ["llm.token_count.prompt"] = 20L,
                ["llm.token_count.total"] = 30L,
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "api.openai.com",
                ["server.port"] = 443L,
            },
            span.Attributes);
    }

    [Fact]
    public void Chat_Failed_KeepsItsStatusAndSaysWhatWentWrong()
    {
        using var scene = new BridgeScene();

        var started = scene.Start(
            Source, "chat gpt-4o-mini", ActivityKind.Client, new("gen_ai.system", "openai"), new("gen_ai.operation.name", "chat"), new("error.type", "429"));
        started.SetStatus(ActivityStatusCode.Error, "Too many requests");
        started.Dispose();

        var operation = Assert.Single(scene.Told.Completed);
        Assert.Equal((AiObs.Operations.OperationOutcome.Failed, "429", null), (operation.Outcome, operation.Error?.Type, operation.Error?.Message));
        Assert.Equal("Too many requests", scene.Exporter.Only("chat gpt-4o-mini").StatusDescription);
        Assert.Equal(["exception"], started.Events.Select(item => item.Name));
    }
}
