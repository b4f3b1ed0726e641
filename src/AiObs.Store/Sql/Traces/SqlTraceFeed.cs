using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Tells of traces in a database as they grow, whoever writes them: while somebody watches, it looks for new spans once a second, for all of them together.</summary>
internal sealed class SqlTraceFeed : ITraceFeed
{
    private const string LastSql = "SELECT last FROM aiobs_span_positions";

    private const string NewSql = "SELECT position, trace_id FROM aiobs_spans WHERE position > @position ORDER BY position LIMIT @limit";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SqlDatabase _database;
    private readonly string _part;
    private readonly Func<TraceQuery, CancellationToken, ValueTask<TracePage>> _list;
    private readonly TraceWatchers _watchers;
    private bool _isPolling;

    /// <summary>Initializes a new instance of the <see cref="SqlTraceFeed"/> class.</summary>
    /// <param name="database">The database.</param>
    /// <param name="part">The part that traces are.</param>
    /// <param name="list">Lists traces.</param>
    public SqlTraceFeed(SqlDatabase database, string part, Func<TraceQuery, CancellationToken, ValueTask<TracePage>> list)
    {
        _database = database;
        _part = part;
        _list = list;
        _watchers = new(StartPolling);
    }

    /// <summary>Gets what ends when nobody watches any more.</summary>
    public Task Polling { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _watchers.WatchAsync(query, cancellationToken);
    }

    private void StartPolling()
    {
        lock (_lock)
        {
            if (_isPolling)
            {
                return;
            }

            _isPolling = true;
        }

        // It is for all who watch, and must not look like a part of the request of the first of them.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            Polling = Task.Run(PollAsync);
        }
    }

    private bool IsWatched()
    {
        lock (_lock)
        {
            return _isPolling = _watchers.All.Count > 0;
        }
    }

    private async Task PollAsync()
    {
        long? position = null;
        while (IsWatched())
        {
            try
            {
                position = await GoOnAsync(position).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                _watchers.End();
            }
#pragma warning disable CA1031 // A database that is away or locked is asked again; what came meanwhile is told of then.
            catch (Exception)
#pragma warning restore CA1031
            {
            }

            await Task.Delay(Interval, _database.Clock).ConfigureAwait(false);
        }
    }

    /// <summary>Tells of what came after a position.</summary>
    /// <returns>The position to go on from.</returns>
    private async ValueTask<long> GoOnAsync(long? position)
    {
        var last = (await ReadAsync(static read => read.Command(LastSql).ReadAllAsync(static row => row.GetInt64(0), default)).ConfigureAwait(false))[0];
        if (position is not { } next || last < next)
        {
            // Somebody watches from now on, or the database is another one than before.
            return last;
        }

        while (next < last)
        {
            var rows = await ReadAsync(read => read.Command(NewSql).Bind("@position", next).Bind("@limit", TraceQuery.MaxPageSize)
                .ReadAllAsync(static row => (Position: row.GetInt64(0), TraceId: row.GetString(1)), default)).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return last;
            }

            // In the order of their last spans.
            string[] ids = [.. rows.Select(static row => row.TraceId).Reverse().Distinct(StringComparer.Ordinal).Reverse()];
            await _watchers.TellAsync(ids, _list, CancellationToken.None).ConfigureAwait(false);
            next = rows[^1].Position;
        }

        return next;
    }

    private ValueTask<List<T>> ReadAsync<T>(Func<SqlSession, ValueTask<List<T>>> work) => _database.ReadAsync(_part, work, CancellationToken.None);
}
