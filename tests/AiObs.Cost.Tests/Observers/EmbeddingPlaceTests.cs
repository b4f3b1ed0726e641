using AiObs.Embeddings;
using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Observers;

/// <summary>The rules of chat clients hold for embedding generators too.</summary>
public sealed class EmbeddingPlaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static StubEmbeddingGenerator<string, Embedding<float>> Model => new(static _ =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new[] { 1f })]) { Usage = new() { InputTokenCount = 100 } }));

    [Theory]
    [InlineData("012")]
    [InlineData("210")]
    [InlineData("102")]
    [InlineData("12021")]
    public async Task Joined_LinesInAnyOrder_HaveTheOptionsOfAll(string order)
    {
        using var costs = new CostFixture();
        List<StubEventSink> sinks = [];
        var generator = order.Aggregate<char, IEmbeddingGenerator<string, Embedding<float>>>(Model, (generator, line) => line switch
        {
            '0' => generator.UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All),
            '1' => generator.UseCostTracking(configure: static options => options.Pricing.Prices.Add(new() { Model = "stub-embedding", Rates = { ["input_mtok"] = 1_000 } })),
            _ => generator.UseEventSink(Added(sinks)),
        });

        await generator.GenerateAsync(["red"], cancellationToken: Token);
        generator.Dispose();

        Assert.Equal(0.1m, Assert.Single(costs.Records).Total);
        Assert.Equal("red", costs.Spans.Only().GetTagItem("embedding.embeddings.0.embedding.text"));
        Assert.All(sinks, static sink => Assert.Single(sink.Accepted, static item => item.Type == AgentEventTypes.CostRecorded));
    }

    [Fact]
    public void Further_NothingToAdd_IsTheGeneratorItselfWithOneWarning()
    {
        using var costs = new CostFixture();
        var between = new Between(Model.UseAgentObservability(costs.Root));

        Assert.Same(between, between.UseCostTracking(costs.Root).UseCostTracking(costs.Root));
        Assert.StartsWith("UseCostTracking was left out on Between", Assert.Single(costs.Logs.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_Options_AreRefused()
    {
        using var costs = new CostFixture();
        var between = new Between(Model.UseAgentObservability(costs.Root));

        var exception = Assert.Throws<InvalidOperationException>(
            () => between.UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All));

        Assert.Contains("Move it next to the observer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_InnerObserver_LeavesTheRequestToTheOuter()
    {
        using var costs = new CostFixture();
        var generator = new Opaque(Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await generator.GenerateAsync(["red"], cancellationToken: Token);

        Assert.Single(costs.Spans.Spans);
        Assert.Single(costs.Records);
    }

    [Fact]
    public async Task GetService_Throws_TheGeneratorIsObserved()
    {
        using var costs = new CostFixture();
        var model = Model;
        model.OnGetService = static (_, _) => throw new InvalidOperationException("a");

        var generator = model.UseAgentObservability(costs.Root);
        await generator.GenerateAsync(["red"], cancellationToken: Token);

        Assert.IsType<ObservingEmbeddingGenerator<string, Embedding<float>>>(generator);
        Assert.Single(costs.Spans.Spans);
    }

    private static StubEventSink Added(List<StubEventSink> sinks)
    {
        var sink = new StubEventSink();
        sinks.Add(sink);
        return sink;
    }

    private sealed class Between(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner);

    private sealed class Opaque(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? base.GetService(serviceType, serviceKey) : null;
    }
}
