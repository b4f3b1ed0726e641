using System.Diagnostics;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

[Collection(KnownSources.Name)]
public sealed class KeptTracesTests
{
    private const string Library = "Experimental.Microsoft.Extensions.AI";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddTraces_SamplerThatTakesNothing_ExportsNothingAndKeepsAll()
    {
        var store = new InMemoryTraceStore();
        using var scene = new BridgeScene(
            builder => Keep(builder, store), provider: static builder => builder.SetSampler(new AlwaysOffSampler()));

        await scene.Root.Tracer.TraceAgentAsync("weather", new AgentStart { Input = "x" }, async _ => await AskAsync(scene.Root), Stop);

        Assert.Equal([("invoke_agent weather", true), ("chat stub-model", false)], (await SpansAsync(scene, store)).Select(static span => (span.Name, span.IsRoot)));
        Assert.Empty(scene.Exporter.Spans);
    }

    [Fact]
    public async Task AddTraces_SamplerThatTakesAll_ExportsAllAndKeepsAll()
    {
        var store = new InMemoryTraceStore();
        using var scene = new BridgeScene(builder => Keep(builder, store));

        await AskAsync(scene.Root);

        Assert.Equal("chat stub-model", Assert.Single(await SpansAsync(scene, store)).Name);
        Assert.Equal("chat stub-model", Assert.Single(scene.Exporter.Spans).Name);
    }

    [Fact]
    public async Task AddTraces_SpanOfALibrary_IsKeptAsTheBridgeLeavesIt()
    {
        var store = new InMemoryTraceStore();
        using var scene = new BridgeScene(builder => Keep(builder, store).AddCostTracking().Configure(static options =>
        {
            options.CaptureContent = ContentCapture.Spans;
            options.Privacy.HideInputs = true;
        }));

        scene.Emit(
            Library,
            "chat gpt-5-mini",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "openai"),
            new("gen_ai.request.model", "gpt-5-mini"),
            new("gen_ai.usage.input_tokens", 1_000),
            new("gen_ai.usage.output_tokens", 10),
            new("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Secret."}]}]"""),
            new("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"Said."}],"finish_reason":"stop"}]"""));

        var span = Assert.Single(await SpansAsync(scene, store));
        Assert.Equal(
            (Library, OperationKind.Chat, "openai", "gpt-5-mini", 1_000L, 10L, true),
            (span.Source, span.Kind!.Value, span.Provider, span.Model, span.InputTokens!.Value, span.OutputTokens!.Value, span.IsRoot));
        Assert.Contains("\"openinference.span.kind\":\"LLM\"", span.Attributes, StringComparison.Ordinal);
        Assert.Contains("\"aiobs.cost.total\":", span.Attributes, StringComparison.Ordinal);
        Assert.Contains("Said.", span.Content!.Attributes, StringComparison.Ordinal);
        Assert.DoesNotContain("Said.", span.Attributes, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret.", $"{span.Attributes}{span.Content.Attributes}{span.Events}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddTraces_CallInsideOfALibrarysAgent_StandsBelowIt(bool isFirst)
    {
        var store = new InMemoryTraceStore();
        using var scene = new BridgeScene(builder => Keep(builder, store));
        if (!isFirst)
        {
            scene.Emit(Library, "chat first", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", "chat"));
        }

        using (scene.Start(
            Library, "invoke_agent travel", ActivityKind.Internal, new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.name", "travel")))
        {
            await AskAsync(scene.Root);
        }

        var spans = (await SpansAsync(scene, store)).Where(static span => span.Agent == "travel");
        Assert.Equal([("invoke_agent travel", true), ("chat stub-model", false)], spans.Select(static span => (span.Name, span.IsRoot)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddTraces_SpanOfALibraryBelowAnotherRoot_IsThatRootsAlone(bool isFirst)
    {
        var (store, otherStore) = (new InMemoryTraceStore(), new InMemoryTraceStore());
        BridgeScene Open(InMemoryTraceStore kept) => new(builder => Keep(builder, kept).AddCostTracking());
        using var first = Open(isFirst ? store : otherStore);
        using var second = Open(isFirst ? otherStore : store);
        var (scene, other) = isFirst ? (first, second) : (second, first);

        await scene.Root.Tracer.TraceAgentAsync(
            "weather",
            new AgentStart { Input = "x" },
            _ =>
            {
                scene.Emit(
                    "com.anthropic.sdk.csharp",
                    "chat claude-sonnet-4-5",
                    ActivityKind.Client,
                    new("gen_ai.operation.name", "chat"),
                    new("gen_ai.provider.name", "anthropic"),
                    new("gen_ai.request.model", "claude-sonnet-4-5"),
                    new("gen_ai.usage.input_tokens", 1_000),
                    new("gen_ai.usage.output_tokens", 10));
                return Task.FromResult("y");
            },
            Stop);

        Assert.Equal(["invoke_agent weather", "chat claude-sonnet-4-5"], (await SpansAsync(scene, store)).Select(static span => span.Name));
        Assert.Empty(await SpansAsync(other, otherStore));
        Assert.Equal((1L, 0L), (scene.Root.Costs!.Accumulator.Total.CallCount, other.Root.Costs!.Accumulator.Total.CallCount));
    }

    [Fact]
    public async Task AddTraces_SpanOfALibraryBelowAnotherRoot_IsStillMaskedForExportersBesideThisOne()
    {
        using var masking = new BridgeScene(static builder => builder.Configure(static options => options.Privacy.HideInputs = true));
        using var scene = new BridgeScene(static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans));

        await scene.Root.Tracer.TraceAgentAsync(
            "weather",
            new AgentStart { Input = "x" },
            _ =>
            {
                scene.Emit(
                    "com.anthropic.sdk.csharp",
                    "chat claude-sonnet-4-5",
                    ActivityKind.Client,
                    new("gen_ai.operation.name", "chat"),
                    new("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Secret."}]}]"""));
                return Task.FromResult("y");
            },
            Stop);

        var exported = Assert.Single(masking.Exporter.Spans, static span => span.Name == "chat claude-sonnet-4-5");
        Assert.DoesNotContain(exported.Attributes, static tag => tag.Value?.ToString()?.Contains("Secret.", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task AddTraces_CallInsideOfASpanThatNobodyHandsOn_IsTheTopOfItsTrace()
    {
        var store = new InMemoryTraceStore();
        using var scene = new BridgeScene(builder => Keep(builder, store), provider: static builder => builder.AddSource("Shop"));
        scene.Emit(Library, "chat first", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", "chat"));

        using (scene.Start("Shop", "checkout", ActivityKind.Internal, new KeyValuePair<string, object?>("gen_ai.operation.name", "checkout")))
        {
            await AskAsync(scene.Root);
        }

        Assert.True(Assert.Single(await SpansAsync(scene, store), static span => span.Name == "chat stub-model").IsRoot);
    }

    private static AgentObservabilityBuilder Keep(AgentObservabilityBuilder builder, ITraceStore store)
    {
        builder.Services.AddSingleton(store);
        return builder.AddTraces();
    }

    private static async Task AskAsync(AgentObservability root)
    {
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: Stop);
    }

    private static async Task<IReadOnlyList<SpanRecord>> SpansAsync(BridgeScene scene, InMemoryTraceStore store)
    {
        await scene.Root.FlushTracesAsync(Stop);
        return (await store.ListSpansAsync(new() { Detail = SpanDetail.Content }, Stop)).Spans;
    }
}
