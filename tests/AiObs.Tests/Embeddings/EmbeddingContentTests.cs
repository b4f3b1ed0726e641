using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Embeddings;

public sealed class EmbeddingContentTests
{
    private const string FirstText = "embedding.embeddings.0.embedding.text";
    private const string FirstVector = "embedding.embeddings.0.embedding.vector";
    private const string SecondVector = "embedding.embeddings.1.embedding.vector";
    private const string Redacted = "__REDACTED__";

    private readonly string _source = $"embeddings-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(ContentCapture.None)]
    [InlineData(ContentCapture.Events)]
    public async Task GenerateAsync_ContentNotWantedOnSpans_WritesNeitherTextsNorVectors(ContentCapture capture)
    {
        var span = await GenerateAsync(Floats, "canary", o => o.CaptureContent = capture);

        Assert.DoesNotContain(span.TagObjects, tag => tag.Key.StartsWith("embedding.embeddings", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", SpanText.Of(span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PrivacyOptions.HideEmbeddingsText))]
    [InlineData(nameof(PrivacyOptions.HideInputs))]
    public async Task GenerateAsync_TextsHidden_WritesPlaceholdersBesideTheVectors(string option)
    {
        var span = await GenerateAsync(Floats, "red", o => Hide(o, option));

        Assert.Equal(Redacted, span.GetTagItem(FirstText));
        Assert.Equal([0.5, -1.0], Assert.IsType<double[]>(span.GetTagItem(FirstVector)));
    }

    [Theory]
    [InlineData(nameof(PrivacyOptions.HideEmbeddingsVectors))]
    [InlineData(nameof(PrivacyOptions.HideOutputs))]
    public async Task GenerateAsync_VectorsHidden_WritesOnePlaceholderPerVector(string option)
    {
        var span = await GenerateAsync(Floats, "red", o => Hide(o, option));

        Assert.Equal("red", span.GetTagItem(FirstText));
        Assert.Equal(Redacted, span.GetTagItem(FirstVector));
        Assert.Equal(Redacted, span.GetTagItem(SecondVector));
    }

    [Fact]
    public async Task GenerateAsync_RedactionConfigured_TextsPassThroughIt()
    {
        var span = await GenerateAsync(Floats, "ask ann@example.com", o => o.Privacy.RedactionRules = RedactionRules.Email);

        Assert.Equal("ask [EMAIL]", span.GetTagItem(FirstText));
        Assert.Equal(1L, span.GetTagItem("aiobs.redaction.email"));
    }

    [Fact]
    public async Task GenerateAsync_RedactionThrows_HidesTheTextAndReturnsTheEmbeddings()
    {
        var span = await GenerateAsync(Floats, "red", o => o.Privacy.RedactText = (_, _) => throw new InvalidOperationException());

        Assert.Equal(Redacted, span.GetTagItem(FirstText));
    }

    [Fact]
    public async Task GenerateAsync_Doubles_AreRecorded()
    {
        var span = await GenerateAsync<string, Embedding<double>>([new(new[] { 0.25 })], "red");

        Assert.Equal([0.25], Assert.IsType<double[]>(span.GetTagItem(FirstVector)));
    }

    [Fact]
    public async Task GenerateAsync_Halves_AreRecordedAsDoubles()
    {
        var span = await GenerateAsync<string, Embedding<Half>>([new(new[] { (Half)1.5 })], "red");

        Assert.Equal([1.5], Assert.IsType<double[]>(span.GetTagItem(FirstVector)));
    }

    [Fact]
    public async Task GenerateAsync_VectorsOfBits_AreLeftOut()
    {
        var span = await GenerateAsync<string, BinaryEmbedding>([new(new([true, false]))], "red");

        Assert.Equal("red", span.GetTagItem(FirstText));
        Assert.Null(span.GetTagItem(FirstVector));
    }

    [Fact]
    public async Task GenerateAsync_InputIsNotText_IsLeftOutAndTheVectorStays()
    {
        var span = await GenerateAsync(Floats, 42);

        Assert.Null(span.GetTagItem(FirstText));
        Assert.Equal([0.5, -1.0], Assert.IsType<double[]>(span.GetTagItem(FirstVector)));
    }

    [Fact]
    public async Task GenerateAsync_RequestFails_KeepsTheTexts()
    {
        using var spans = new SpanCollector(_source);
        using var stub = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new InvalidOperationException());
        using var generator = stub.UseAgentObservability(o => Capture(o));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => generator.GenerateAsync(["red"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("red", spans.Only().GetTagItem(FirstText));
    }

    private static GeneratedEmbeddings<Embedding<float>> Floats => [new(new[] { 0.5f, -1f }), new(new[] { 2f, 0f })];

    private static void Hide(AgentObservabilityOptions options, string option) =>
        typeof(PrivacyOptions).GetProperty(option)!.SetValue(options.Privacy, true);

    private async Task<Activity> GenerateAsync<TInput, TEmbedding>(
        GeneratedEmbeddings<TEmbedding> embeddings, TInput input, Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        using var spans = new SpanCollector(_source);
        using var stub = new StubEmbeddingGenerator<TInput, TEmbedding>(_ => Task.FromResult(embeddings));
        using var generator = stub.UseAgentObservability(o =>
        {
            Capture(o);
            configure?.Invoke(o);
        });

        var result = await generator.GenerateAsync([input], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Same(embeddings, result);
        return spans.Only();
    }

    private void Capture(AgentObservabilityOptions options)
    {
        options.SourceName = _source;
        options.CaptureContent = ContentCapture.Spans;
    }
}
