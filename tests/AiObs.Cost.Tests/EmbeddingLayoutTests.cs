using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>However the decorators of embedding generators are stacked: what a model is asked for is paid once, and nothing else is.</summary>
public sealed class EmbeddingLayoutTests
{
    private static readonly string[] Texts = ["a", "b", "c"];

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static StubEmbeddingGenerator<string, Embedding<float>> Model => new(static call =>
    {
        var values = call.Values.ToList();
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(static _ => new Embedding<float>(new float[] { 1 })))
        {
            Usage = new() { InputTokenCount = 100 * values.Count },
        });
    });

    [Fact]
    public async Task Stacked_OneRequest_IsPaidForOnce()
    {
        using var costs = new CostFixture();
        var generator = Model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root).UseAgentObservability(costs.Root);

        await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        AssertTokens(costs, spans: 1, 300);
    }

    [Fact]
    public async Task Split_RequestsOfTheParts_ArePaidForOnce()
    {
        using var costs = new CostFixture();
        var generator = new Splitting(Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        AssertTokens(costs, spans: 3, 100, 100, 100);
    }

    [Fact]
    public async Task Cached_VectorsThatNoModelWasAskedFor_CostNothing()
    {
        using var costs = new CostFixture();
        var generator = new Remembering(Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await generator.GenerateAsync(Texts, cancellationToken: TestToken);
        await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        AssertTokens(costs, spans: 1, 300);
    }

    [Fact]
    public async Task SwitchedOffInside_Request_IsPaidForOutside()
    {
        using var costs = new CostFixture();
        var generator = Model.UseAgentObservability(costs.Root, static options => options.Enabled = false)
            .UseAgentObservability(costs.Root)
            .UseAgentObservability(costs.Root);

        await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        AssertTokens(costs, spans: 1, 300);
    }

    [Fact]
    public async Task Traced_RequestOfAnObservedGenerator_IsPaidForOnce()
    {
        using var costs = new CostFixture();
        var generator = Model.UseAgentObservability(costs.Root);

        await costs.Root.Tracer.TraceEmbeddingAsync(
            "stub-embedding",
            new EmbeddingStart { Texts = Texts },
            _ => generator.GenerateAsync(Texts, cancellationToken: TestToken),
            TestToken);

        AssertTokens(costs, spans: 2, 300);
    }

    private static void AssertTokens(CostFixture costs, int spans, params long[] tokens)
    {
        Assert.Equal(spans, costs.Spans.Spans.Count);
        Assert.Equal(tokens, costs.Spans.Spans.Select(static span => span.GetTagItem("gen_ai.usage.input_tokens")).OfType<long>());
        Assert.Equal(tokens.Length, costs.Records.Count);
    }

    /// <summary>Asks for each value by itself.</summary>
    private sealed class Splitting(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var all = new GeneratedEmbeddings<Embedding<float>> { Usage = new() };
            foreach (var value in values)
            {
                var part = await base.GenerateAsync([value], options, cancellationToken);
                all.AddRange(part);
                all.Usage.Add(part.Usage!);
            }

            return all;
        }
    }

    /// <summary>Asks once, and gives the same vectors again from then on.</summary>
    private sealed class Remembering(IEmbeddingGenerator<string, Embedding<float>> inner)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        private GeneratedEmbeddings<Embedding<float>>? _vectors;

        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            _vectors ??= await base.GenerateAsync(values, options, cancellationToken);
    }
}
