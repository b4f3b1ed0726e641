using AiObs.Store.Sql.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Conversations;

/// <summary>
/// Brings events that were committed together with conversations to the log, in the background. What is taken out and what the log gets is one transaction, so that no event gets lost or
/// comes twice, whenever a process ends; what a process has left is brought by the next.
/// </summary>
internal sealed class EventOutbox(SqlDatabase database, string part, SqlEventLog log, StoreOperations operations) : IAsyncDisposable
{
    private const int BatchSize = 1_000;

    // So that one transaction brings the events of many commits.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isWoken;
    private bool _hasBegun;

    /// <summary>Brings, with the first use of the store, what a process has left that is gone.</summary>
    public void Begin()
    {
        if (!Interlocked.Exchange(ref _hasBegun, true))
        {
            Wake();
        }
    }

    /// <summary>Says that there may be something to bring. It returns at once.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            _isWoken = true;
            if (!_isRunning && !_stop.IsCancellationRequested)
            {
                _isRunning = true;
                _running = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Brings everything that has been committed so far.</summary>
    /// <returns>A task that ends when the log has it.</returns>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        while (await database.ReadAsync(part, read => OutboxRows.IsAnyAsync(read, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            await BringAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops. What is left is there for whoever opens the database next.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _stop.Cancel();
            running = _running;
        }

        await running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (IsWanted())
        {
            var rest = Gathering;
            try
            {
                await DrainAsync(_stop.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The operation has told of it. A database that is away or locked is asked again; until then the events are safe where they are.
            catch (Exception)
#pragma warning restore CA1031
            {
                rest = Pause;
                Again();
            }

            await Task.Delay(rest, database.Clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsWanted()
    {
        lock (_lock)
        {
            _isRunning = _isWoken && !_stop.IsCancellationRequested;
            _isWoken = false;
            return _isRunning;
        }
    }

    private void Again()
    {
        lock (_lock)
        {
            _isWoken = true;
        }
    }

    private async ValueTask BringAsync(CancellationToken cancellationToken)
    {
        try
        {
            await operations.RunAsync(
                StoreOperationNames.EventAppend,
                conversationId: null,
                token => WriteAsync(async (write, writes) => await writes.AddAsync(await OutboxRows.TakeAsync(write, BatchSize, token).ConfigureAwait(false)).ConfigureAwait(false), token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (EventConflictException conflict)
        {
            // The log keeps the one that it has; trying again would never end, and the others have done nothing wrong.
            await WriteAsync(
                async (write, _) =>
                {
                    await OutboxRows.DropAsync(write, conflict.EventId, cancellationToken).ConfigureAwait(false);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<bool> WriteAsync(Func<SqlSession, EventWrites, ValueTask<long>> work, CancellationToken cancellationToken) => log.InTurnAsync(
        () => database.WriteSharedAsync(
            part,
            async write =>
            {
                await log.CommitAsync(write, writes => work(write, writes), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken),
        cancellationToken);
}
