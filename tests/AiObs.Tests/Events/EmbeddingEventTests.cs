using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events;

public sealed class EmbeddingEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static StubEmbeddingGenerator<string, Embedding<float>> Answering => new(static call => Task.FromResult(
        new GeneratedEmbeddings<Embedding<float>>(call.Values.Select(static text => new Embedding<float>(new[] { (float)text.Length })))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_SaysHowManyInputsItHas(bool isLazy)
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await GenerateAsync(root, Answering, isLazy);

        var sent = await root.OnlyAsync(sink, AgentEventTypes.MessageSent);
        SpanAssert.Attributes(new() { ["operation"] = "embeddings", ["provider"] = "stub", ["model"] = "stub-embedding", ["inputs"] = 2 }, sent.Data);
        Assert.Null(sent.Content);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
        Assert.Equal(2L, root.Spans.Only().GetTagItem("aiobs.embeddings.input_count"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_WithContent_HasTheTexts(bool isLazy)
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();

        await GenerateAsync(root, Answering, isLazy);

        Assert.Equal("""["red","blue"]""", (await root.OnlyAsync(sink, AgentEventTypes.MessageSent)).Content);
    }

    [Fact]
    public async Task Request_Fails_SaysSo()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await Assert.ThrowsAsync<InvalidOperationException>(() => GenerateAsync(
            root, new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new InvalidOperationException("no")), isLazy: false));

        await root.Events.FlushAsync(Token);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallFailed], sink.AcceptedTypes);
    }

    private static async Task GenerateAsync(EventRoot root, StubEmbeddingGenerator<string, Embedding<float>> inner, bool isLazy)
    {
        string[] texts = ["red", "blue"];
        using var generator = inner.UseAgentObservability(root.Root);
        await generator.GenerateAsync(isLazy ? texts.Select(static text => text) : texts, cancellationToken: Token);
    }
}
