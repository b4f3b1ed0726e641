using AiObs.Events;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using AiObs.Soak.Sinks;
using AiObs.TestSupport;

namespace AiObs.Soak.Tests.Sinks;

public sealed class SinkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Journal _journal;
    private readonly EventTaker _taker;

    public SinkTests()
    {
        _journal = new Journal(_directory.File("sink.journal"));
        _taker = new EventTaker(_journal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecoveringSink_BatchThatFailedHalfWay_TakesEachEventOnce()
    {
        var sink = new RecoveringSink(_taker) { IsDown = true };
        AgentEvent[] batch = [Note("a"), Note("b"), Note("c")];

        await Assert.ThrowsAsync<IOException>(() => sink.WriteAsync(batch, Token).AsTask());
        sink.IsDown = false;
        await sink.WriteAsync(batch, Token);

        Assert.Equal(3, _taker.Count);
    }

    [Fact]
    public async Task RecoveringSink_EventThatComesTwice_IsTakenTwice()
    {
        var sink = new RecoveringSink(_taker);
        AgentEvent[] batch = [Note("a")];

        await sink.WriteAsync(batch, Token);
        await sink.WriteAsync(batch, Token);

        Assert.Equal(2, _taker.Count);
    }

    [Fact]
    public async Task HangingSink_Cancelled_TakesTheBatchWhenItIsLetGo()
    {
        var sink = new HangingSink(_taker);
        sink.Hang();

        var write = sink.WriteAsync([Note("a")], new CancellationToken(canceled: true)).AsTask();
        Assert.False(write.IsCompleted);
        sink.LetGo();
        await write;

        Assert.Equal(1, _taker.Count);
    }

    [Fact]
    public void Take_EventWithASecret_CountsIt()
    {
        _taker.Take(Note($"to person1{RunText.Secret}"));

        Assert.Equal(1, _taker.LeakCount);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _directory.Dispose();
    }

    private static AgentEvent Note(string content) =>
        new() { Id = Guid.NewGuid(), Time = DateTimeOffset.UnixEpoch, Type = RunExecution.NoteType, Content = content };
}
