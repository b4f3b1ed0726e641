using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Embeddings;

/// <summary>Values to embed that are no list are handed on as they are, and recorded as far as the generator reads them.</summary>
public sealed class ValueSequenceTests : IDisposable
{
    private readonly List<string> _steps = [];
    private readonly ObservedRoot _root = new(static options => options.CaptureContent = ContentCapture.Spans);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task EndlessValues_OfWhichThreeAreRead_AreReadAndRecordedThreeTimes()
    {
        await EmbedAsync(Endless(), static values => values.Take(3));

        Assert.Equal(["read 0", "read 1", "read 2", "left"], _steps);
        Assert.Equal(["text 0", "text 1", "text 2"], RecordedTexts());
    }

    [Fact]
    public async Task ValuesThatThrowBehindWhatIsRead_DoNotBreakTheRequest()
    {
        await EmbedAsync(ThrowingAt(3), static values => values.Take(3));

        Assert.Equal(["text 0", "text 1", "text 2"], RecordedTexts());
        Assert.Null(_root.Spans.Only().GetTagItem("error.type"));
    }

    [Fact]
    public async Task ValuesThatThrowWhereTheyAreRead_FailTheRequestWithWhatTheyThrew()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => EmbedAsync(ThrowingAt(2), static values => values.Take(3)));

        Assert.Equal("No more.", thrown.Message);
        Assert.Equal("System.IO.InvalidDataException", _root.Spans.Only().GetTagItem("error.type"));
        Assert.Equal(["text 0", "text 1"], RecordedTexts());
    }

    [Fact]
    public async Task ValuesThatNobodyReads_AreNotRead()
    {
        await EmbedAsync(Endless(), static _ => []);

        Assert.Empty(_steps);
        Assert.Empty(RecordedTexts());
    }

    [Fact]
    public async Task ValuesThatAreReadTwice_AreTakenFromTheirSourceOnce()
    {
        await EmbedAsync(Endless().Take(2), static values => [.. values, .. values]);

        Assert.Equal(["read 0", "read 1", "left"], _steps);
        Assert.Equal(["text 0", "text 1"], RecordedTexts());
    }

    [Fact]
    public async Task Gate_ThatLooksAtTheValues_SeesTheFirstThousandAndTheModelStillReadsItsOwn()
    {
        IEnumerable<string>? seen = null;
        _root.Root.AddGate(new CountingGate
        {
            Wait = (request, _) =>
            {
                seen = Assert.IsType<IList<string>>(request.Values, exactMatch: false);
                return Task.CompletedTask;
            },
        });

        await EmbedAsync(Endless(), static values => values.Take(3));

        Assert.Equal(Enumerable.Range(0, RequestSequence<string>.MostAhead).Select(static number => $"text {number}"), seen);
        Assert.Equal(["text 0", "text 1", "text 2"], RecordedTexts());
        Assert.Equal("left", _steps[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gate_ThatRefusesAfterALook_LeavesTheSequence(bool isLate)
    {
        _root.Root.AddGate(new CountingGate
        {
            Wait = async (request, _) =>
            {
                if (isLate)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }

                throw new RefusedException(Assert.IsType<IList<string>>(request.Values, exactMatch: false).Count);
            },
        });

        var refused = await Assert.ThrowsAsync<RefusedException>(() => EmbedAsync(Endless(), static values => values.Take(3)));

        Assert.Equal(RequestSequence<string>.MostAhead, refused.Count);
        Assert.Equal("left", _steps[^1]);
    }

    private async Task EmbedAsync(IEnumerable<string> values, Func<IEnumerable<string>, IEnumerable<string>> read)
    {
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(call => Task.FromResult(
            new GeneratedEmbeddings<Embedding<float>>(read(call.Values).Select(static _ => new Embedding<float>(new float[] { 1 }))))).UseAgentObservability(_root.Root);
        await generator.GenerateAsync(values, cancellationToken: Token);
    }

    private IEnumerable<object?> RecordedTexts() => _root.Spans.Only().TagObjects
        .Where(static tag => tag.Key.EndsWith(".embedding.text", StringComparison.Ordinal)).Select(static tag => tag.Value);

    private static IEnumerable<string> ThrowingAt(int number)
    {
        for (var i = 0; i < number; i++)
        {
            yield return $"text {i}";
        }

        throw new InvalidDataException("No more.");
    }

    private IEnumerable<string> Endless()
    {
        try
        {
            for (var i = 0; ; i++)
            {
                _steps.Add($"read {i}");
                yield return $"text {i}";
            }
        }
        finally
        {
            _steps.Add("left");
        }
    }

    private sealed class RefusedException(int count) : CallRefusedException
    {
        public int Count => count;
    }
}
