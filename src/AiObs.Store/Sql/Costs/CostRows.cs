using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AiObs.Store.Sql.Costs;

/// <summary>Reads and writes the rows of records.</summary>
internal static class CostRows
{
    private const string InsertSql = """
        INSERT INTO aiobs_costs
            (call_key, id, ticks, conversation_id, user_id, session_id, provider, model,
             is_correction, completeness, corrected_completeness, total, input_tokens, output_tokens, record, salt, commitment, sequence, hash)
        VALUES
            (@key, @id, @ticks, @conversation, @user, @session, @provider, @model,
             @is_correction, @completeness, @corrected_completeness, @total, @input_tokens, @output_tokens, @record, @salt, @commitment, @sequence, @hash)
        ON CONFLICT (call_key) DO NOTHING
        """;

    private const string TakeOverSql =
        "UPDATE aiobs_costs SET record = @record, salt = @salt, commitment = @commitment, sequence = @sequence, hash = @hash WHERE position = @position";

    private const string EraseSql =
        "UPDATE aiobs_costs SET conversation_id = @conversation, user_id = @user, session_id = @session, salt = NULL WHERE position = @position";

    private const string InsertTagSql =
        "INSERT INTO aiobs_cost_tags (tag, position) SELECT @tag, c.position FROM aiobs_costs c WHERE c.call_key = @key";

    /// <summary>Adds a record and its tags, unless there is one of the same call.</summary>
    /// <returns>Whether it is new.</returns>
    public static async ValueTask<bool> InsertAsync(SqlDialect dialect, SqlSession write, CostRow row, CancellationToken cancellationToken)
    {
        if (await BindTo(dialect, write.Command(InsertSql), row).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        foreach (var tag in row.Tags)
        {
            await write.Command(InsertTagSql).Bind("@tag", tag).Bind("@key", row.CallKey).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Gives a record of 0.1.0 its place in the chain.</summary>
    public static Task TakeOverAsync(SqlSession write, CostRow row, CancellationToken cancellationToken) => BindPlace(write.Command(TakeOverSql), row)
        .Bind("@record", row.Record)
        .Bind("@position", row.Position)
        .ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Puts other ids in the place of a record's own.</summary>
    public static Task EraseAsync(SqlSession write, long position, CostIds ids, CancellationToken cancellationToken) => BindIds(write.Command(EraseSql), ids)
        .Bind("@position", position)
        .ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Reads the rows of a query that starts with <see cref="CostRow.Select"/> and is in the order of positions, with their tags.</summary>
    public static async IAsyncEnumerable<CostRow> ReadAsync(
        SqlDialect dialect, DbCommand query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
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

    private static DbCommand BindTo(SqlDialect dialect, DbCommand command, CostRow row) => BindPlace(BindIds(command, row.Ids), row)
        .Bind("@key", row.CallKey)
        .Bind("@id", dialect.Parameter(row.Id))
        .Bind("@ticks", row.Ticks)
        .Bind("@provider", row.Provider)
        .Bind("@model", row.Model)
        .Bind("@is_correction", row.IsCorrection ? 1 : 0)
        .Bind("@completeness", row.Completeness)
        .Bind("@corrected_completeness", row.CorrectedCompleteness)
        .Bind("@total", row.Total is null ? null : dialect.Parameter(decimal.Parse(row.Total, CultureInfo.InvariantCulture)))
        .Bind("@input_tokens", row.InputTokens)
        .Bind("@output_tokens", row.OutputTokens)
        .Bind("@record", row.Record);

    private static DbCommand BindIds(DbCommand command, CostIds ids) => command
        .Bind("@conversation", ids.Conversation)
        .Bind("@user", ids.User)
        .Bind("@session", ids.Session);

    private static DbCommand BindPlace(DbCommand command, CostRow row) => command
        .Bind("@salt", row.Salt)
        .Bind("@commitment", row.Commitment)
        .Bind("@sequence", row.Place?.Count)
        .Bind("@hash", row.Place?.Hash);
}
