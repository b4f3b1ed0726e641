using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Checks costs against their hashes and their seal, in one pass over the rows.</summary>
internal sealed class CostVerification(SqlDialect dialect, SqlSession read, EventChain chain, CostSeal? stored, CancellationToken cancellationToken)
{
    private readonly List<EventLogFault> _faults = [];
    private readonly PriorityQueue<byte[], long> _expected = new();
    private readonly bool _canHash = stored is not null && stored.IsKeyed == chain.IsKeyed;
    private ChainHead _head = stored?.Dropped ?? new ChainHead(CostSeal.Name, 0, []);
    private ErasedCosts _erased = ErasedCosts.None;
    private long _count;

    public async ValueTask<SealedPartVerification> RunAsync(IReadOnlyList<EventLogAnchor> anchors)
    {
        if (stored is null)
        {
            Report(EventLogFaultKind.CostMismatch, null, $"The row of {CostSealRow.Table} that seals the costs is missing, or is none that a store writes.");
        }

        Expect(anchors);
        var query = read.Command($"{CostRow.Select} WHERE {dialect.IsCostAsWritten} ORDER BY c.position, c.call_key");
        await foreach (var row in CostRows.ReadAsync(dialect, query, cancellationToken).ConfigureAwait(false))
        {
            Add(row, row.Place!);
        }

        Finish();
        await FindStraysAsync().ConfigureAwait(false);
        return new SealedPartVerification(
            _count,
            Math.Max(0, (stored?.UnsealedCount ?? 0) - (stored?.Dropped.Count ?? 0)),
            _faults,
            _faults.Count == 0 && _head.Count > 0 ? _head.ToAnchor() : null)
        {
            ErasedCount = _erased.Count,
            DroppedCount = stored?.Dropped.Count ?? 0,
        };
    }

    /// <summary>Takes the anchors; what lies before the records that retention has left can no longer be checked.</summary>
    private void Expect(IReadOnlyList<EventLogAnchor> anchors)
    {
        foreach (var anchor in anchors.Where(anchor => anchor.Count >= _head.Count))
        {
            _expected.Enqueue(ChainHead.Of(anchor).Hash, anchor.Count);
        }

        Compare();
    }

    private void Add(CostRow row, ChainHead place)
    {
        _count++;
        if (place.Count != _head.Count + 1)
        {
            Report(
                EventLogFaultKind.CostMismatch,
                _head.Count + 1,
                place.Count > _head.Count
                    ? $"Cost record {_head.Count + 1} is missing: after it comes record {place.Count} (id {row.Id}, position {row.Position})."
                    : $"Cost record {place.Count} (id {row.Id}, position {row.Position}) stands where the records have been already.");
        }
        else if (_canHash && !CostSeal.Append(chain, _head, row).Hash.AsSpan().SequenceEqual(place.Hash))
        {
            Report(
                EventLogFaultKind.CostMismatch,
                place.Count,
                $"Cost record {place.Count} (id {row.Id}, position {row.Position}) is not as it was recorded: its hash does not follow from what it says and from the record before it.");
        }

        if (!row.HasItsIds)
        {
            Report(
                EventLogFaultKind.CostMismatch, place.Count, $"Cost record {place.Count} (id {row.Id}, position {row.Position}) has other ids than were recorded with it.");
        }

        _erased = row.IsErased ? _erased.With(chain, place.Count, row.Ids) : _erased;
        _head = place;
        Compare();
    }

    /// <summary>Compares with the anchors that are of this place.</summary>
    private void Compare()
    {
        while (_expected.TryPeek(out var hash, out var count) && count <= _head.Count)
        {
            _expected.Dequeue();
            if (_canHash && count == _head.Count && !hash.AsSpan().SequenceEqual(_head.Hash))
            {
                Report(EventLogFaultKind.CostMismatch, count, $"The first {count} cost records give another hash than an anchor says.");
            }
        }
    }

    private void Finish()
    {
        if (_expected.TryDequeue(out _, out var known))
        {
            Report(EventLogFaultKind.CostMismatch, _head.Count + 1, $"The cost records end with {_head.Count}, but an anchor knows of {known}.");
        }

        if (stored is null)
        {
            return;
        }

        if (_head.Count != stored.Head.Count)
        {
            Report(
                EventLogFaultKind.CostMismatch,
                Math.Min(_head.Count, stored.Head.Count) + 1,
                $"The cost records end with {_head.Count}, but their seal knows of {stored.Head.Count}.");
        }

        if (!_canHash)
        {
            Report(EventLogFaultKind.KeyMismatch, null, chain.IsKeyed ? "The costs were sealed without a key." : "The costs were sealed with a key; verify with it.");
        }
        else if (!stored.IsSealed(chain) || !_head.Hash.AsSpan().SequenceEqual(stored.Head.Hash))
        {
            Report(EventLogFaultKind.HeadMismatch, stored.Head.Count, $"The row of {CostSealRow.Table} is not as this store has written it: its seal does not fit.");
        }
        else if (!_erased.IsSameAs(stored.Erased))
        {
            Report(
                EventLogFaultKind.CostMismatch,
                null,
                $"The ids of {_erased.Count} cost records are erased, and those are not the {stored.Erased.Count}, or not the ids, that the erasures have left.");
        }
    }

    /// <summary>Reports what no store writes, and counts as not there.</summary>
    private async ValueTask FindStraysAsync()
    {
        await ReportAsync("aiobs_costs", $"SELECT count(*) FROM aiobs_costs c WHERE ({dialect.IsCostAsWritten}) IS NOT TRUE").ConfigureAwait(false);
        await ReportAsync(
            "aiobs_cost_tags",
            "SELECT count(*) FROM aiobs_cost_tags t WHERE NOT EXISTS (SELECT 1 FROM aiobs_costs c WHERE c.position = t.position)").ConfigureAwait(false);
        await ReportAsync("aiobs_cost_strays", "SELECT count(*) FROM aiobs_cost_strays").ConfigureAwait(false);
    }

    private async ValueTask ReportAsync(string table, string sql)
    {
        var count = Convert.ToInt64(await read.Command(sql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (count > 0)
        {
            Report(EventLogFaultKind.UnknownRow, null, $"{count} rows of {table} are none that a store writes.");
        }
    }

    private void Report(EventLogFaultKind kind, long? count, string description)
    {
        if (!_faults.Exists(fault => fault.Kind == kind))
        {
            _faults.Add(new EventLogFault(kind, CostSeal.Name, count, description));
        }
    }
}
