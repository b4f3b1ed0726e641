using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Checks costs against their seal, in one pass over the rows.</summary>
internal sealed class CostVerification(SqlDialect dialect, SqlSession read, EventChain chain, CostSeal? stored, CancellationToken cancellationToken)
{
    private readonly List<EventLogFault> _faults = [];
    private readonly PriorityQueue<byte[], long> _expected = new();

    public async ValueTask<SealedPartVerification> RunAsync(IReadOnlyList<EventLogAnchor> anchors)
    {
        if (stored is null)
        {
            Report(EventLogFaultKind.CostMismatch, null, $"The row of {CostSealRow.Table} that seals the costs is missing, or is none that a store writes.");
        }

        foreach (var anchor in anchors)
        {
            _expected.Enqueue(ChainHead.Of(anchor).Hash, anchor.Count);
        }

        var start = stored?.Start ?? 1;
        var found = (stored ?? new CostSeal(Guid.Empty, start, null, 0, null, null)).Opened(chain);
        var canHash = stored is not null && stored.IsKeyed != !chain.IsKeyed;
        await foreach (var row in ReadAsync(start).ConfigureAwait(false))
        {
            found = canHash ? found.With(chain, row) : found with { Count = found.Count + 1 };
            Compare(found, canHash);
        }

        Finish(found, canHash);
        await FindStraysAsync().ConfigureAwait(false);
        var unsealed = await CountAsync("SELECT count(*) FROM aiobs_costs WHERE position < @start", start).ConfigureAwait(false);
        var isProven = _faults.Count == 0 && found.Count > 0;
        return new SealedPartVerification(
            found.Count, unsealed, _faults, isProven ? new EventLogAnchor(CostSeal.Name, found.Count, Convert.ToHexStringLower(found.Hash!)) : null);
    }

    private void Compare(CostSeal found, bool canHash)
    {
        while (_expected.TryPeek(out var hash, out var count) && count <= found.Count)
        {
            _expected.Dequeue();
            if (canHash && count == found.Count && !hash.AsSpan().SequenceEqual(found.Hash))
            {
                Report(EventLogFaultKind.CostMismatch, count, $"The first {count} cost records give another hash than an anchor says.");
            }
        }
    }

    private void Finish(CostSeal found, bool canHash)
    {
        if (_expected.TryDequeue(out _, out var known))
        {
            Report(EventLogFaultKind.CostMismatch, found.Count + 1, $"There are {found.Count} cost records, but an anchor knows of {known}.");
        }

        if (stored is null)
        {
            return;
        }

        if (!canHash)
        {
            Report(EventLogFaultKind.KeyMismatch, null, chain.IsKeyed ? "The costs were sealed without a key." : "The costs were sealed with a key; verify with it.");
        }
        else if (stored.Count > 0 && !stored.IsSealed(chain))
        {
            Report(EventLogFaultKind.HeadMismatch, stored.Count, $"The row of {CostSealRow.Table} is not as this store has written it: its seal does not fit.");
        }

        if (found.Count != stored.Count)
        {
            Report(EventLogFaultKind.CostMismatch, Math.Min(found.Count, stored.Count) + 1, $"There are {found.Count} cost records, but their seal counts {stored.Count}.");
        }
        else if (canHash && stored.Count > 0 && !found.Hash.AsSpan().SequenceEqual(stored.Hash))
        {
            Report(EventLogFaultKind.CostMismatch, null, "The cost records are not those that were recorded: they give another hash than was sealed.");
        }
    }

    private async IAsyncEnumerable<CostRow> ReadAsync(long start)
    {
        var query = read.Command($"{CostRow.Select} WHERE {dialect.IsCostAsWritten} AND c.position >= @start ORDER BY c.position, c.call_key").Bind("@start", start);
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            CostRow? row = null;
            List<string> tags = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var next = OddValues.Read((Dialect: dialect, Reader: reader), static row => CostRow.Read(row.Dialect, row.Reader));
                var tag = reader.FindString(CostRow.TagColumn);

                // A record without tags has one row here, so that the next one is another record, even at a place that somebody has given twice.
                if (row is not null && (tag is null || !row.CallKey.AsSpan().SequenceEqual(next.CallKey)))
                {
                    yield return row with { Tags = CostRow.Sorted(tags) };
                    row = null;
                    tags.Clear();
                }

                row ??= next;
                if (tag is not null)
                {
                    tags.Add(tag);
                }
            }

            if (row is not null)
            {
                yield return row with { Tags = CostRow.Sorted(tags) };
            }
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
        var count = await CountAsync(sql, start: null).ConfigureAwait(false);
        if (count > 0)
        {
            Report(EventLogFaultKind.UnknownRow, null, $"{count} rows of {table} are none that a store writes.");
        }
    }

    private async ValueTask<long> CountAsync(string sql, long? start)
    {
        var query = read.Command(sql);
        if (start is not null)
        {
            query.Bind("@start", start);
        }

        return Convert.ToInt64(await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private void Report(EventLogFaultKind kind, long? count, string description)
    {
        if (!_faults.Exists(fault => fault.Kind == kind))
        {
            _faults.Add(new EventLogFault(kind, CostSeal.Name, count, description));
        }
    }
}
