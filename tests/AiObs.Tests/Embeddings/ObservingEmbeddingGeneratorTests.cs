using System.Diagnostics;
using AiObs.Embeddings;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Embeddings;

public sealed class ObservingEmbeddingGeneratorTests : IDisposable
{
    private static readonly Task<GeneratedEmbeddings<Embedding<float>>> Answer =
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new[] { 1f })]));

    private readonly string _source = $"embeddings-{Guid.NewGuid():N}";
    private readonly StubEmbeddingGenerator<string, Embedding<float>> _stub = new(_ => Answer);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _stub.Dispose();

    [Fact]
    public void GenerateAsync_NobodyListens_ReturnsTheInnerTask()
    {
        using var generator = Observe(_stub);
        string[] values = ["red"];
        EmbeddingGenerationOptions options = new();

        var task = generator.GenerateAsync(values, options, Token);

        Assert.Same(Answer, task);
        var call = Assert.Single(_stub.Calls);
        Assert.Same(values, call.Values);
        Assert.Same(options, call.Options);
        Assert.Equal(Token, call.CancellationToken);
    }

    [Fact]
    public void GenerateAsync_NobodyListens_AllocatesNothing()
    {
        using var inner = new FixedEmbeddingGenerator<string, Embedding<float>>([new(new[] { 1f })]);
        using var generator = Observe(inner);
        string[] values = ["red"];

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _ = generator.GenerateAsync(values)));
    }

    [Fact]
    public async Task GenerateAsync_Observed_PassesOptionsAndTokenOn()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(_stub);
        EmbeddingGenerationOptions options = new();

        var result = await generator.GenerateAsync(["red"], options, Token);

        Assert.Same(await Answer, result);
        var call = Assert.Single(_stub.Calls);
        Assert.Same(options, call.Options);
        Assert.Equal(Token, call.CancellationToken);
        Assert.Same(spans.Only(), call.CurrentActivity);
    }

    [Fact]
    public async Task GenerateAsync_LazySequence_IsEnumeratedOnce()
    {
        using var spans = new SpanCollector(_source);
        var enumerations = 0;
        using var generator = Observe(
            new StubEmbeddingGenerator<string, Embedding<float>>(call =>
            {
                Assert.Equal(["red", "blue"], call.Values);
                return Answer;
            }),
            o => o.CaptureContent = ContentCapture.Spans);

        await generator.GenerateAsync(Values(), cancellationToken: Token);

        Assert.Equal(1, enumerations);
        Assert.Equal("blue", spans.Only().GetTagItem("embedding.embeddings.1.embedding.text"));

        IEnumerable<string> Values()
        {
            enumerations++;
            yield return "red";
            yield return "blue";
        }
    }

    [Fact]
    public async Task GenerateAsync_List_IsHandedOnAsItIs()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(_stub);
        string[] values = ["red"];

        await generator.GenerateAsync(values, cancellationToken: Token);

        Assert.Same(values, Assert.Single(_stub.Calls).Values);
    }

    [Fact]
    public async Task GenerateAsync_InnerThrows_MarksTheSpanAndRethrowsTheSameException()
    {
        using var spans = new SpanCollector(_source);
        var exception = new HttpRequestException("no quota for red", null, System.Net.HttpStatusCode.TooManyRequests);
        using var generator = Observe(new StubEmbeddingGenerator<string, Embedding<float>>(_ => Task.FromException<GeneratedEmbeddings<Embedding<float>>>(exception)));

        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => generator.GenerateAsync(["red"], cancellationToken: Token));

        Assert.Same(exception, thrown);
        var span = spans.Only();
        Assert.Equal("429", span.GetTagItem("error.type"));
        SpanAssert.Status(ActivityStatusCode.Error, "System.Net.Http.HttpRequestException", span);
    }

    [Fact]
    public async Task GenerateAsync_ContentOnSpans_StatusSaysTheMessage()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(
            new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new InvalidOperationException("too long")),
            o => o.CaptureContent = ContentCapture.Spans);

        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["red"], cancellationToken: Token));

        SpanAssert.Status(ActivityStatusCode.Error, "too long", spans.Only());
    }

    [Fact]
    public async Task GenerateAsync_CallerCancels_MarksTheSpanWithTheCancellation()
    {
        using var spans = new SpanCollector(_source);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gate = new StubGate();
        using var generator = Observe(new StubEmbeddingGenerator<string, Embedding<float>>(async call =>
        {
            await gate.WaitAsync(call.CancellationToken);
            return await Answer;
        }));

        var pending = generator.GenerateAsync(["red"], cancellationToken: cancellation.Token);
        await gate.Reached;
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => pending);
        var span = spans.Only();
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
    }

    [Fact]
    public async Task GenerateAsync_Finished_LeavesTheCallersActivityCurrent()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(_stub);
        var before = Activity.Current;

        await generator.GenerateAsync(["red"], cancellationToken: Token);

        Assert.Same(before, Activity.Current);
    }

    [Fact]
    public async Task GenerateAsync_Suppressed_LeavesNoSpan()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(_stub);

        using (AgentContext.Suppress())
        {
            await generator.GenerateAsync(["red"], cancellationToken: Token);
        }

        Assert.Empty(spans.Spans);
        Assert.Single(_stub.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GenerateAsync_ObservedTwice_LeavesOneSpan(bool isLazy)
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(Observe(_stub));
        IEnumerable<string> values = ["red"];

        await generator.GenerateAsync(isLazy ? values.Select(value => value) : values, cancellationToken: Token);

        Assert.Equal("embeddings stub-embedding", spans.Only().DisplayName);
        Assert.Single(_stub.Calls);
    }

    [Fact]
    public async Task GenerateAsync_AnotherRequestInside_IsAChild()
    {
        using var spans = new SpanCollector(_source);
        using var inner = Observe(_stub);
        using var generator = Observe(new StubEmbeddingGenerator<string, Embedding<float>>(_ => inner.GenerateAsync(["part"])));

        await generator.GenerateAsync(["whole"], cancellationToken: Token);

        Assert.Equal(2, spans.Spans.Count);
        Assert.Same(spans.Spans[1], spans.Spans[0].Parent);
    }

    [Fact]
    public async Task GenerateAsync_InsideOfAForeignSpanOfTheSameRequest_CompletesThatOne()
    {
        using var spans = new SpanCollector(source => source.Name == _source || source.Name == "other");
        using var other = new ActivitySource("other");
        using var generator = Observe(_stub);

        using (other.StartActivity(
            "embeddings stub-embedding",
            ActivityKind.Client,
            parentContext: default,
            [new("gen_ai.operation.name", "embeddings"), new("gen_ai.request.model", "stub-embedding")]))
        {
            await generator.GenerateAsync(["red"], cancellationToken: Token);
        }

        var span = spans.Only();
        Assert.Equal("other", span.Source.Name);
        Assert.Equal("stub-embedding", span.GetTagItem("embedding.model_name"));
        Assert.Equal(3L, span.GetTagItem("gen_ai.embeddings.dimension.count"));
    }

    [Fact]
    public async Task GenerateAsync_NullValues_ReachTheInnerGenerator()
    {
        using var spans = new SpanCollector(_source);
        using var generator = Observe(_stub);

        await generator.GenerateAsync(null!, cancellationToken: Token);

        Assert.Empty(spans.Spans);
        Assert.Null(Assert.Single(_stub.Calls).Values);
    }

    [Fact]
    public void GetService_ActivitySource_IsOurs()
    {
        using var generator = Observe(_stub);

        Assert.Equal(_source, generator.GetService<ActivitySource>()!.Name);
        Assert.Null(generator.GetService<ActivitySource>("key"));
    }

    [Fact]
    public void GetService_AnythingElse_ComesFromTheInnerGenerator()
    {
        using var generator = Observe(_stub);

        Assert.Same(_stub.Metadata, generator.GetService<EmbeddingGeneratorMetadata>());
        Assert.Same(generator, generator.GetService<ObservingEmbeddingGenerator<string, Embedding<float>>>());
    }

    [Fact]
    public void UseAgentObservability_InnerGeneratorTracesItself_WarnsOncePerSource()
    {
        var logs = new FakeLogCollector();
        using var other = new ActivitySource("other-tracer");
        using var observability = AgentObservability.Create(b => b.Services.AddSingleton(logs.ToFactory()));
        _stub.OnGetService = (type, _) => type == typeof(ActivitySource) ? other : null;

        _ = _stub.UseAgentObservability(observability);
        _ = _stub.UseAgentObservability(observability);

        var log = Assert.Single(logs.GetSnapshot());
        Assert.Equal("InnerTracerFound", log.Id.Name);
        Assert.Equal("other-tracer", log.GetStructuredStateValue("SourceName"));
    }

    private IEmbeddingGenerator<string, Embedding<float>> Observe(
        IEmbeddingGenerator<string, Embedding<float>> inner, Action<AgentObservabilityOptions>? configure = null) =>
        inner.UseAgentObservability(o =>
        {
            o.SourceName = _source;
            configure?.Invoke(o);
        });
}
