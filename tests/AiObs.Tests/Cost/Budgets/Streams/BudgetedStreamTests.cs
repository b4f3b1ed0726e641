using AiObs.Cost.Budgets;
using AiObs.Cost.Budgets.Streams;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using static AiObs.Tests.Cost.Budgets.GateFixture;

namespace AiObs.Tests.Cost.Budgets.Streams;

/// <summary>Each word of a stream takes ten cents, and the budget has one dollar.</summary>
public sealed class BudgetedStreamTests : IDisposable
{
    private readonly GateFixture _fixture = new();
    private readonly WordMeter _meter = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Read_BudgetHasEnough_PassesTheStreamAsItIs()
    {
        var updates = Words(10);
        var inner = new StubUpdates(updates);
        var stream = Stream(inner, Reserve());

        var read = await ReadAsync(stream);

        Assert.Equal(updates, read);
        Assert.False(stream.WasCut);
        Assert.Equal(1, inner.DisposeCount);
        Assert.Equal(0, _meter.Cuts);
    }

    [Fact]
    public async Task Read_BudgetRunsOut_EndsWithLengthAfterWhatWasDelivered()
    {
        var updates = Words(30);
        var inner = new StubUpdates(updates);
        var stream = Stream(inner, Reserve());

        var read = await ReadAsync(stream);

        Assert.Equal(updates[..11], read[..11]);
        Assert.Equal(12, read.Count);
        Assert.True(stream.WasCut);
        Assert.Equal(1, inner.DisposeCount);
        Assert.Equal(1, _meter.Cuts);
    }

    [Fact]
    public async Task Read_BudgetRunsOut_LastUpdateBelongsToTheSameMessage()
    {
        var read = await ReadAsync(Stream(new StubUpdates(Words(30)), Reserve()));

        var last = read[^1];
        Assert.Equal(
            (ChatFinishReason.Length, "r1", "m1", "c1", "model-1", "helper", ChatRole.Assistant),
            (last.FinishReason, last.ResponseId, last.MessageId, last.ConversationId, last.ModelId, last.AuthorName, last.Role));
        var response = read.ToChatResponse();
        Assert.Equal(string.Concat(Enumerable.Repeat("word ", 11)), Assert.Single(response.Messages).Text);
        Assert.Equal((ChatFinishReason.Length, "r1", "model-1"), (response.FinishReason, response.ResponseId, response.ModelId));
    }

    [Fact]
    public async Task Read_OtherCallsTakeTheRest_EndsEarlier()
    {
        var gate = Gate();
        var reservation = gate.Reserve(OpenEnded(0.1m))!;
        gate.Spend(Call(0.5m));

        var read = await ReadAsync(Stream(new StubUpdates(Words(30)), reservation));

        Assert.Equal(7, read.Count);
    }

    [Fact]
    public async Task Read_AfterTheCut_ThereIsNothingMore()
    {
        await using var reader = Stream(new StubUpdates(Words(30)), Reserve()).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (await reader.MoveNextAsync())
        {
        }

        Assert.False(await reader.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Length, reader.Current.FinishReason);
    }

    [Fact]
    public async Task Read_FinishReasonHasCome_LetsTheUsageFollow()
    {
        ChatResponseUpdate[] updates = [.. Words(11), new() { FinishReason = ChatFinishReason.Stop }, new() { Contents = [new UsageContent(new())] }];
        _meter.CountsEmpty = true;

        var stream = Stream(new StubUpdates([.. updates[..10], .. updates[11..]]), Reserve());

        Assert.Equal(12, (await ReadAsync(stream)).Count);
        Assert.False(stream.WasCut);
    }

    [Fact]
    public async Task Read_BudgetDoesNotEndStreams_RunsToTheEnd()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 1 });
        var stream = Stream(new StubUpdates(Words(30)), gate.Reserve(OpenEnded(0.1m))!);

        Assert.Equal(30, (await ReadAsync(stream)).Count);
        Assert.Equal(3, gate.Overview.Find("b")!.Reserved);
    }

    [Fact]
    public async Task Read_BudgetPerCall_EndsTheStreamAtItsLimit()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 0.3m, Window = BudgetWindow.PerCall, EndStreams = true });

        var read = await ReadAsync(Stream(new StubUpdates(Words(30)), gate.Reserve(OpenEnded(0.1m))!));

        Assert.Equal(5, read.Count);
    }

    [Fact]
    public async Task Read_MovesAreWaitedFor_EndsAllTheSame()
    {
        var inner = new StubUpdates(Words(30)) { OnMoveNext = static async (_, _) => await Task.Yield() };

        Assert.Equal(12, (await ReadAsync(Stream(inner, Reserve()))).Count);
    }

    [Fact]
    public async Task Read_ClosingThrows_KeepsWhatWasDelivered()
    {
        var inner = new StubUpdates(Words(30)) { OnDispose = static () => throw new InvalidOperationException("close") };

        var read = await ReadAsync(Stream(inner, Reserve()));

        Assert.Equal(ChatFinishReason.Length, read[^1].FinishReason);
        Assert.Equal("budget stream", _fixture.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
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

        var read = await ReadAsync(Stream(inner, Reserve()));

        Assert.Equal(12, read.Count);
        Assert.Equal("budget stream", _fixture.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task Read_ClosingHangs_EndsAfterTheTimeout()
    {
        var gate = new StubGate();
        var inner = new StubUpdates(Words(30)) { OnDispose = () => new ValueTask(gate.WaitAsync()) };
        var reading = ReadAsync(Stream(inner, Reserve()));
        await gate.Reached;

        _fixture.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _fixture.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(ChatFinishReason.Length, (await reading)[^1].FinishReason);
        Assert.Equal("budget stream", _fixture.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        gate.Release();
    }

    [Fact]
    public async Task Read_MeterThrows_PassesTheStreamAsItIs()
    {
        _meter.Throws = true;

        var read = await ReadAsync(Stream(new StubUpdates(Words(30)), Reserve()));

        Assert.Equal(30, read.Count);
        Assert.Equal(30, _fixture.Metrics.Of("aiobs.faults").Count);
    }

    [Fact]
    public async Task Read_InnerThrows_ThrowsTheSame()
    {
        var exception = new InvalidOperationException("model");
        var stream = Stream(StubUpdates.ThrowingAt(2, exception, Words(30)), Reserve());

        Assert.Same(exception, await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(stream)));
        Assert.False(stream.WasCut);
    }

    [Fact]
    public async Task DisposeAsync_ReaderLeavesEarly_ClosesTheInnerStreamOnce()
    {
        var inner = new StubUpdates(Words(30));

        await foreach (var _ in Stream(inner, Reserve()).WithCancellation(TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.Equal(1, inner.DisposeCount);
        Assert.Equal(TestContext.Current.CancellationToken, inner.EnumeratorToken);
        Assert.Equal(0, _meter.Cuts);
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

    private static async Task<List<ChatResponseUpdate>> ReadAsync(BudgetedStream stream)
    {
        var read = new List<ChatResponseUpdate>();
        await foreach (var update in stream)
        {
            read.Add(update);
        }

        return read;
    }

    private BudgetGate Gate() => _fixture.Gate(new Budget { Name = "b", Limit = 1, EndStreams = true });

    private BudgetReservation Reserve() => Gate().Reserve(OpenEnded(0.1m))!;

    private BudgetedStream Stream(IAsyncEnumerable<ChatResponseUpdate> inner, BudgetReservation reservation) =>
        new(inner, reservation, _meter, _fixture.Reservations.StreamEndTimeout, _fixture.Clock, _fixture.Core.Faults);

    private sealed class WordMeter : StreamMeter
    {
        private decimal _cost;

        public int Cuts { get; private set; }

        public bool Throws { get; set; }

        public bool CountsEmpty { get; set; }

        public override StreamUse Measure(ChatResponseUpdate update)
        {
            if (Throws)
            {
                throw new InvalidOperationException("meter");
            }

            _cost += update.Text.Length > 0 || CountsEmpty ? 0.1m : 0;
            return new StreamUse(_cost, null);
        }

        public override void Cutting() => Cuts++;
    }
}
