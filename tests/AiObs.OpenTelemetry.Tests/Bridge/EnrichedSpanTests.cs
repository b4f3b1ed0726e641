using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Spans of others that one of our decorators enriched while they were open.</summary>
public sealed class EnrichedSpanTests
{
    private readonly string _source = $"renamed-{Guid.NewGuid():N}";

    [Fact]
    public async Task Stopped_OwnerAppendedItsResponseAfterUs_HasEachKeyOnceAsWeWriteIt()
    {
        using var scene = new BridgeScene(tracing: options => options.ModelSourceNames.Add(_source));
        using var client = ObservedCall.CreateStub().UseAgentObservability(scene.Root);
        Activity outer;
        using (outer = scene.Start(
            _source, "chat stub-model", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")))
        {
            await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
            outer.AddTag("gen_ai.response.model", "stub-model-1");
            outer.AddTag("gen_ai.response.finish_reasons", "[\"stop\"]");
            outer.AddTag("gen_ai.usage.input_tokens", 7);
            outer.AddTag("gen_ai.usage.output_tokens", 3);
        }

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-model",
                ["gen_ai.response.finish_reasons"] = (string[])["stop"],
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.usage.output_tokens"] = 3L,
                ["llm.finish_reason"] = "stop",
                ["llm.model_name"] = "stub-model-1",
                ["llm.provider"] = "stub",
                ["llm.request.model_name"] = "stub-model",
                ["llm.response.model_name"] = "stub-model-1",
                ["llm.system"] = "stub",
                ["llm.token_count.completion"] = 3L,
                ["llm.token_count.prompt"] = 7L,
                ["llm.token_count.total"] = 10L,
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
            },
            outer);
        Assert.Single(scene.Told.Completed);
    }

    [Fact]
    public async Task Stopped_StreamThatWasEnriched_HasItsFirstTokenOnce()
    {
        using var scene = new BridgeScene(tracing: options => options.ModelSourceNames.Add(_source));
        using var stub = ObservedCall.CreateStub();
        stub.OnStream = _ => new AiObs.TestSupport.Stubs.StubUpdates(new ChatResponseUpdate(ChatRole.Assistant, "Hello."));
        using var client = stub.UseAgentObservability(scene.Root);
        Activity outer;
        using (outer = scene.Start(
            _source, "chat stub-model", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")))
        {
            await client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
                .ToChatResponseAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(outer.Events, item => item.Name == "First Token Stream Event");
    }

    [Fact]
    public async Task Stopped_ClientWithOptionsOfItsOwn_FollowsThose()
    {
        using var scene = new BridgeScene(tracing: options => options.ModelSourceNames.Add(_source));
        using var client = ObservedCall.CreateStub().UseAgentObservability(scene.Root, options => options.Conventions = SpanConventions.GenAI);

        using (scene.Start(
            _source, "chat stub-model", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")))
        {
            await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain("openinference.span.kind", scene.Exporter.Only("chat stub-model").Attributes);
    }
}
