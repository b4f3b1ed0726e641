using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Tests.Stubs;

public sealed class StubUpdatesTests
{
    private readonly ChatResponseUpdate _first = new(ChatRole.Assistant, "a");
    private readonly ChatResponseUpdate _second = new(ChatRole.Assistant, "b");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ToTheEnd_GivesTheUpdatesAndRecordsTheMoves()
    {
        var updates = new StubUpdates(_first, _second);
        using var activity = new Activity("ambient").Start();

        var read = await updates.ToListAsync(Token);

        Assert.Equal([_first, _second], read);
        Assert.Equal([activity, activity, activity], updates.MoveActivities);
        Assert.Equal((1, 1), (updates.EnumerationCount, updates.DisposeCount));
        Assert.Equal(Token, updates.EnumeratorToken);
    }

    [Fact]
    public async Task ThrowingAt_TheSecondMove_GivesTheFirstUpdateOnly()
    {
        var failure = new InvalidOperationException();
        await using var reader = StubUpdates.ThrowingAt(1, failure, _first, _second).GetAsyncEnumerator(Token);

        Assert.True(await reader.MoveNextAsync());

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.MoveNextAsync()));
    }

    [Fact]
    public async Task WaitingAt_TheSecondMove_HangsUntilReleased()
    {
        var gate = new StubGate();
        await using var reader = StubUpdates.WaitingAt(1, gate, _first, _second).GetAsyncEnumerator(Token);
        Assert.True(await reader.MoveNextAsync());

        var move = reader.MoveNextAsync();
        await gate.Reached;
        Assert.False(move.IsCompleted);
        gate.Release();

        Assert.True(await move);
        Assert.Same(_second, reader.Current);
    }

    [Fact]
    public async Task WaitingAt_TokenCancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        await using var reader = StubUpdates.WaitingAt(0, new StubGate(), _first).GetAsyncEnumerator(cancellation.Token);

        var move = reader.MoveNextAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await move);
    }
}
