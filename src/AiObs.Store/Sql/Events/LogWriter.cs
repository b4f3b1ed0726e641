using System.Collections.Immutable;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>The chain that an open log writes. It remembers its head, so that a database that was changed or put back behind it does not go unnoticed.</summary>
internal sealed class LogWriter(EventChain chain, SqlDialect dialect, TimeProvider clock)
{
    private const int MaxAbandoned = 16;

    private volatile ChainWriter? _committed;
    private ChainWriter? _attempted;
    private ImmutableArray<EventLogAnchor> _abandoned = [];

    /// <summary>Gets the heads that the database must have.</summary>
    public IEnumerable<EventLogAnchor> KnownHeads => _committed is { } committed ? _abandoned.Add(committed.Head.ToAnchor()) : _abandoned;

    /// <summary>Returns the writer as it goes on; one that the database does not have yet at the first write.</summary>
    /// <exception cref="StoreException">The database has another state of the writer than this log left there.</exception>
    public async ValueTask<ChainWriter> ContinueAsync(SqlSession write, CancellationToken cancellationToken)
    {
        if ((_attempted ?? _committed) is not { } known)
        {
            return await OpenAsync(write, cancellationToken).ConfigureAwait(false);
        }

        var row = await WriterRows.FindAsync(dialect, write, known.Writer, cancellationToken).ConfigureAwait(false);
        if (_attempted is not null && AreSame(row, _attempted))
        {
            _committed = _attempted;
        }

        _attempted = null;
        return AreSame(row, _committed)
            ? _committed ?? await OpenAsync(write, cancellationToken).ConfigureAwait(false)
            : throw Abandon(known);
    }

    /// <summary>Commits a transaction in which the writer went on to a head.</summary>
    public async ValueTask CommitAsync(SqlSession write, ChainWriter from, ChainHead head, CancellationToken cancellationToken)
    {
        var next = chain.Advance(from, head);
        var isKnown = ReferenceEquals(from, _committed);
        await (isKnown ? WriterRows.UpdateAsync(write, next, cancellationToken) : WriterRows.InsertAsync(dialect, write, next, cancellationToken))
            .ConfigureAwait(false);

        // If the connection breaks now, only the database knows whether this was committed.
        _attempted = next;
        await write.CommitAsync().ConfigureAwait(false);
        _attempted = null;
        _committed = next;
    }

    /// <summary>Leaves the chain where it is, in a database that does not stand in its place any more: the next write starts a new one.</summary>
    public void Abandon()
    {
        if (_committed is { } committed)
        {
            _abandoned = [.. _abandoned.TakeLast(MaxAbandoned - 1), committed.Head.ToAnchor()];
        }

        _committed = null;
        _attempted = null;
    }

    private static bool AreSame(ChainWriter? row, ChainWriter? known) => row is null || known is null
        ? row is null && known is null
        : row.Head.Count == known.Head.Count && row.Head.Hash.AsSpan().SequenceEqual(known.Head.Hash);

    private async ValueTask<ChainWriter> OpenAsync(SqlSession write, CancellationToken cancellationToken)
    {
        var predecessor = await WriterRows.FindNewestAsync(dialect, write, cancellationToken).ConfigureAwait(false);
        return chain.Open(predecessor?.Log ?? Guid.NewGuid(), EventChain.NewWriterId(), clock.GetUtcNow(), predecessor?.Head);
    }

    private StoreException Abandon(ChainWriter known)
    {
        Abandon();
        return new StoreException(
            $"The event log was changed or put back behind this process: its writer {known.Writer} is not where it was left. "
            + "The next append starts a new writer; VerifyAsync of this log tells what is missing.",
            isTransient: true);
    }
}
