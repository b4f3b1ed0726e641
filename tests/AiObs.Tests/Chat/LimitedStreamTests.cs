using AiObs.Chat;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Chat;

/// <summary>The gate lets ten words through, and the one that is too much.</summary>
public sealed class LimitedStreamTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly ObservabilityCore _core;
    private readonly MetricCollector _metrics;
    private readonly WordTicket _ticket = new();
    private readonly ChatOperation _operation = new(ModelEndpoint.Unknown, "model-1", ChatRequest.Default);

    public LimitedStreamTests()
    {
        var options = new AgentObservabilityOptions { SourceName = $"limited-{Guid.NewGuid():N}" };
        _metrics = new MetricCollector(options.SourceName);
        _core = new ObservabilityCore(options, NullLogger.Instance, _clock, []);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _core.Dispose();
    }

    [Fact]
    public async Task Read_GateHasEnough_PassesTheStreamAsItIs()
    {
        var updates = Words(10);
        var inner = new StubUpdates(updates);
        var stream = Stream(inner);

        var read = await ReadAsync(stream);

        Assert.Equal(updates, read);
        Assert.Null(_operation.EndedBy);
        Assert.Equal(1, inner.DisposeCount);
    }

    [Fact]
    public async Task Read_GateHasNoMore_EndsWithLengthAfterWhatWasDelivered()
    {
        var updates = Words(30);
        var inner = new StubUpdates(updates);
        var stream = Stream(inner);

        var read = await ReadAsync(stream);

        Assert.Equal(updates[..11], read[..11]);
        Assert.Equal(12, read.Count);
        Assert.Equal("words", _operation.EndedBy);
        Assert.Equal(1, inner.DisposeCount);
    }

    [Fact]
    public async Task Read_GateHasNoMore_LastUpdateBelongsToTheSameMessage()
    {
        var read = await ReadAsync(Stream(new StubUpdates(Words(30))));

        var last = read[^1];
        Assert.Equal(
            (ChatFinishReason.Length, "r1", "m1", "c1", "model-1", "helper", ChatRole.Assistant),
            (last.FinishReason, last.ResponseId, last.MessageId, last.ConversationId, last.ModelId, last.AuthorName, last.Role));
        var response = read.ToChatResponse();
        Assert.Equal(string.Concat(Enumerable.Repeat("word ", 11)), Assert.Single(response.Messages).Text);
        Assert.Equal((ChatFinishReason.Length, "r1", "model-1"), (response.FinishReason, response.ResponseId, response.ModelId));
    }

    [Fact]
    public async Task Read_AfterTheCut_ThereIsNothingMore()
    {
        await using var reader = Stream(new StubUpdates(Words(30))).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (await reader.MoveNextAsync())
        {
            _ticket.Take(reader.Current);
        }

        Assert.False(await reader.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Length, reader.Current.FinishReason);
    }

    [Fact]
    public async Task Read_MovesAreWaitedFor_EndsAllTheSame()
    {
        var inner = new StubUpdates(Words(30)) { OnMoveNext = static async (_, _) => await Task.Yield() };

        Assert.Equal(12, (await ReadAsync(Stream(inner))).Count);
    }

    [Fact]
    public async Task Read_ClosingThrows_KeepsWhatWasDelivered()
    {
        var inner = new StubUpdates(Words(30)) { OnDispose = static () => throw new InvalidOperationException("close") };

        var read = await ReadAsync(Stream(inner));

        Assert.Equal(ChatFinishReason.Length, read[^1].FinishReason);
        Assert.Equal("limited stream", _metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task Read_ClosingFailsLater_KeepsWhatWasDelivered()
    {
        var inner = new StubUpdates(Words(30))
        {
            OnDispose = static async () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("close");
            },
        };

        var read = await ReadAsync(Stream(inner));

        Assert.Equal(12, read.Count);
        Assert.Equal("limited stream", _metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task Read_ClosingHangs_EndsAfterTheTimeout()
    {
        var gate = new StubGate();
        var inner = new StubUpdates(Words(30)) { OnDispose = () => new ValueTask(gate.WaitAsync()) };
        var reading = ReadAsync(Stream(inner));
        await gate.Reached;

        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(ChatFinishReason.Length, (await reading)[^1].FinishReason);
        Assert.Equal("limited stream", _metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        gate.Release();
    }

    [Fact]
    public async Task Read_GateThrows_PassesTheStreamAsItIs()
    {
        _ticket.Throws = true;

        var read = await ReadAsync(Stream(new StubUpdates(Words(30))));

        Assert.Equal(30, read.Count);
        Assert.Equal(31, _metrics.Of("aiobs.faults").Count);
    }

    [Fact]
    public async Task Read_InnerThrows_ThrowsTheSame()
    {
        var exception = new InvalidOperationException("model");
        var stream = Stream(StubUpdates.ThrowingAt(2, exception, Words(30)));

        Assert.Same(exception, await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream)));
        Assert.Null(_operation.EndedBy);
    }

    [Fact]
    public async Task DisposeAsync_ReaderLeavesEarly_ClosesTheInnerStreamOnce()
    {
        var inner = new StubUpdates(Words(30));

        await foreach (var _ in Stream(inner).WithCancellation(TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.Equal(1, inner.DisposeCount);
        Assert.Equal(TestContext.Current.CancellationToken, inner.EnumeratorToken);
    }

    private static ChatResponseUpdate[] Words(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static index => new ChatResponseUpdate(index == 0 ? ChatRole.Assistant : null, "word ")
        {
            ResponseId = "r1",
            MessageId = "m1",
            ConversationId = index == 0 ? "c1" : null,
            ModelId = index == 0 ? "model-1" : null,
            AuthorName = index == 0 ? "helper" : null,
        }),
    ];

    /// <summary>Reads a stream as an observer does, which shows each update to the gate.</summary>
    private async Task<List<ChatResponseUpdate>> ReadAsync(LimitedStream stream)
    {
        var read = new List<ChatResponseUpdate>();
        await foreach (var update in stream)
        {
            _ticket.Take(update);
            read.Add(update);
        }

        return read;
    }

    private LimitedStream Stream(IAsyncEnumerable<ChatResponseUpdate> inner) => new(inner, _operation, _ticket, _clock, _core.Faults);

    private sealed class WordTicket : CallTicket
    {
        private const int Most = 10;
        private int _words;

        public override string Name => Throws ? throw new InvalidOperationException("name") : "words";

        public override bool LimitsStream => true;

        public override bool IsExhausted => Throws ? throw new InvalidOperationException("gate") : _words > Most;

        public bool Throws { get; set; }

        public override void Take(ChatResponseUpdate update) => _words += update.Text.Length > 0 ? 1 : 0;

        public override CallCost? Settle(ModelOperation ended) => null;
    }
}
