using System.Data;
using System.Data.Common;
using AiObs.Store.Sql;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql;

public sealed class SqlSessionTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task DisposeAsync_WhateverThrows_ReleasesOnceAndDoesNotThrow(bool rollbackThrows, bool disposeThrows, bool releaseThrows)
    {
        List<SessionEnd> ends = [];
        var session = Session(new StubTransaction { RollbackThrows = rollbackThrows, DisposeThrows = disposeThrows }, ends, releaseThrows);

        await session.DisposeAsync();

        Assert.Equal([rollbackThrows || disposeThrows ? SessionEnd.Broken : SessionEnd.Clean], ends);
    }

    [Fact]
    public async Task CommitAsync_Throws_LeavesTheConnectionBroken()
    {
        List<SessionEnd> ends = [];
        var session = Session(new StubTransaction { CommitThrows = true }, ends);

        await Assert.ThrowsAsync<TimeoutException>(async () => await session.CommitAsync());
        await session.DisposeAsync();

        Assert.Equal([SessionEnd.Broken], ends);
    }

    [Fact]
    public async Task CommitAsync_CommittedElsewhere_ThrowsAndLeavesTheConnectionBroken()
    {
        List<SessionEnd> ends = [];
        var session = Session(new StubTransaction(), ends, confirm: static () => throw new IOException("elsewhere"));

        await Assert.ThrowsAsync<IOException>(async () => await session.CommitAsync());
        await session.DisposeAsync();

        Assert.Equal([SessionEnd.Broken], ends);
    }

    [Fact]
    public async Task Turn_Closed_TurnsAwayWhoWaitsAndWaitsForWhoWorks()
    {
        var turn = new Turn(this);
        await turn.TakeAsync(TestContext.Current.CancellationToken);
        var waiting = turn.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        var closing = turn.CloseAsync().AsTask();
        Assert.False(closing.IsCompleted);

        turn.Give();

        await closing.WaitAsync(HangGuard.Limit, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await turn.TakeAsync(TestContext.Current.CancellationToken));
    }

    private static SqlSession Session(DbTransaction transaction, List<SessionEnd> ends, bool releaseThrows = false, Action? confirm = null) => new(
        null!,
        transaction,
        new PreparedCommands(null!),
        end =>
        {
            ends.Add(end);
            return releaseThrows ? throw new TimeoutException("release") : ValueTask.CompletedTask;
        },
        confirm);

    private sealed class StubTransaction : DbTransaction
    {
        public bool CommitThrows { get; init; }

        public bool RollbackThrows { get; init; }

        public bool DisposeThrows { get; init; }

        public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

        protected override DbConnection? DbConnection => null;

        public override void Commit() => Throw(CommitThrows);

        public override void Rollback() => Throw(RollbackThrows);

        public override ValueTask DisposeAsync()
        {
            Throw(DisposeThrows);
            return base.DisposeAsync();
        }

        private static void Throw(bool throws) => _ = throws ? throw new TimeoutException("stub") : 0;
    }
}
