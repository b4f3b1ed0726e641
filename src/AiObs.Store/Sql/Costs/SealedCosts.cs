using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>The costs of a database, as the event log verifies them.</summary>
internal sealed class SealedCosts(SqlDialect dialect) : ISealedPart
{
    private const string CountSql = "SELECT count(*) FROM aiobs_costs";
    private const string ColumnsSql = "SELECT * FROM aiobs_costs WHERE 1 = 0";

    public string Name => CostSeal.Name;

    public async ValueTask<SealedPartVerification> VerifyAsync(
        SqlSession read, EventChain chain, IReadOnlyList<EventLogAnchor> anchors, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(CostSealRow.Table).ConfigureAwait(false))
        {
            var seal = await FindSealAsync(read, cancellationToken).ConfigureAwait(false);
            return await new CostVerification(dialect, read, chain, seal, cancellationToken).RunAsync(anchors).ConfigureAwait(false);
        }

        var hasCosts = await ExistsAsync("aiobs_costs").ConfigureAwait(false);
        if (hasCosts && await HaveHashesAsync(read, cancellationToken).ConfigureAwait(false))
        {
            return SealedPartVerification.None with { Faults = [Fault($"The table {CostSealRow.Table}, which seals the costs, is missing.")] };
        }

        if (!hasCosts && await SchemaMigrator.HasBeenAsync(dialect, read, SqlCostStore.Part, cancellationToken).ConfigureAwait(false))
        {
            return SealedPartVerification.None with { Faults = [Fault("The tables of costs are missing: the database has had some.")] };
        }

        // Those of 0.1.0, that no application of this version has opened yet.
        var count = hasCosts
            ? Convert.ToInt64(await read.Command(CountSql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture)
            : 0;
        var known = anchors.Count == 0 ? 0 : anchors.Max(static anchor => anchor.Count);
        return SealedPartVerification.None with
        {
            UnsealedCount = count,
            Faults = known == 0 ? [] : [Fault($"An anchor knows of {known} cost records, and the database seals none.")],
        };

        async ValueTask<bool> ExistsAsync(string table) =>
            await read.Command(dialect.TableExistsSql).Bind("@table", table).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not (null or DBNull);
    }

    private static EventLogFault Fault(string description) => new(EventLogFaultKind.CostMismatch, CostSeal.Name, 1, description);

    /// <summary>Tells whether the table of costs is one of this version, whose records are sealed.</summary>
    private static async ValueTask<bool> HaveHashesAsync(SqlSession read, CancellationToken cancellationToken)
    {
        var reader = await read.Command(ColumnsSql).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return Enumerable.Range(0, reader.FieldCount).Any(column => reader.GetName(column) == "hash");
        }
    }

    /// <summary>Reads the seal; <see langword="null"/> where there is none that a store has written.</summary>
    private async ValueTask<CostSeal?> FindSealAsync(SqlSession read, CancellationToken cancellationToken)
    {
        try
        {
            return await CostSealRow.FindAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
