using System.Globalization;
using System.Text.Json;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Seals costs in the transaction that brings their tables up to date, those that 0.1.0 has written without a seal included.</summary>
internal sealed class CostTakeover(SqlDialect dialect, SqlSession write, EventChain chain, CancellationToken cancellationToken)
{
    private const int PageSize = 1_000;

    private const string LastSql = "SELECT coalesce(max(position), 0) FROM aiobs_costs";

    private const string PageSql = $"{CostRow.Select} WHERE c.position > @after AND c.position <= @last ORDER BY c.position";

    private const string SetAsideSql = "INSERT INTO aiobs_cost_strays (source, position, content) VALUES (@source, @position, @content)";

    private const string DeleteSql = "DELETE FROM aiobs_costs WHERE position = @position";

    private const string DeleteTagsSql = "DELETE FROM aiobs_cost_tags WHERE position = @position";

    public async ValueTask RunAsync()
    {
        var seal = CostSeal.Open(chain, Guid.NewGuid());
        var last = Convert.ToInt64(await write.Command(LastSql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        for (var after = 0L; after < last; after += PageSize)
        {
            var page = write.Command(PageSql).Bind("@after", after).Bind("@last", after + PageSize);
            foreach (var row in await CostRows.ReadAsync(dialect, page, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                seal = await TakeAsync(seal, row).ConfigureAwait(false);
            }
        }

        await CostSealRow.InsertAsync(dialect, write, (seal with { UnsealedCount = seal.Head.Count }).Sealed(chain), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<CostSeal> TakeAsync(CostSeal seal, CostRow row)
    {
        if (WithoutIds(row) is not { } record)
        {
            await SetAsideAsync(row).ConfigureAwait(false);
            return seal;
        }

        var taken = (row with { Record = record }).Committed();
        var head = CostSeal.Append(chain, seal.Head, taken);
        await CostRows.TakeOverAsync(write, taken with { Place = head }, cancellationToken).ConfigureAwait(false);
        return seal with { Head = head };
    }

    /// <summary>Returns what the record says, without the ids, which 0.1.0 had in it; <see langword="null"/> where no store has written that.</summary>
    private static string? WithoutIds(CostRow row)
    {
        try
        {
            return CostJson.Write(CostJson.Read(row.Record, row.Ids));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private async ValueTask SetAsideAsync(CostRow row)
    {
        var content = string.Join(", ", row.Ids.Conversation, row.Ids.User, row.Ids.Session, row.Provider, row.Model, row.Total, string.Join(' ', row.Tags), row.Record);
        await write.Command(SetAsideSql)
            .Bind("@source", "aiobs_costs")
            .Bind("@position", row.Position)
            .Bind("@content", content)
            .ExecuteNonQueryAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var sql in new[] { DeleteSql, DeleteTagsSql })
        {
            await write.Command(sql).Bind("@position", row.Position).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
