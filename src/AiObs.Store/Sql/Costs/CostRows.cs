using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AiObs.Cost;

namespace AiObs.Store.Sql.Costs;

/// <summary>Writes records to the tables.</summary>
internal static class CostRows
{
    private const string InsertSql = """
        INSERT INTO aiobs_costs
            (call_key, id, ticks, conversation_id, user_id, session_id, provider, model,
             is_correction, completeness, corrected_completeness, total, input_tokens, output_tokens, record)
        VALUES
            (@key, @id, @ticks, @conversation, @user, @session, @provider, @model,
             @is_correction, @completeness, @corrected_completeness, @total, @input_tokens, @output_tokens, @record)
        ON CONFLICT (call_key) DO NOTHING
        """;

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

    /// <summary>Reads a record from the column <c>record</c>.</summary>
    public static CostRecord Read(DbDataReader reader, int ordinal) =>
        JsonSerializer.Deserialize(reader.GetString(ordinal), CostJson.Default.CostRecord)!;

    private static DbCommand BindTo(SqlDialect dialect, DbCommand command, CostRow row) => command
        .Bind("@key", row.CallKey)
        .Bind("@id", dialect.Parameter(row.Id))
        .Bind("@ticks", row.Ticks)
        .Bind("@conversation", row.ConversationId)
        .Bind("@user", row.UserId)
        .Bind("@session", row.SessionId)
        .Bind("@provider", row.Provider)
        .Bind("@model", row.Model)
        .Bind("@is_correction", row.IsCorrection ? 1 : 0)
        .Bind("@completeness", row.Completeness)
        .Bind("@corrected_completeness", row.CorrectedCompleteness)
        .Bind("@total", row.Total is null ? null : dialect.Parameter(decimal.Parse(row.Total, CultureInfo.InvariantCulture)))
        .Bind("@input_tokens", row.InputTokens)
        .Bind("@output_tokens", row.OutputTokens)
        .Bind("@record", row.Record);
}
