using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiObs.Cost;
using AiObs.Cost.Usage;
using AiObs.Store.Events;

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
    public static async ValueTask<bool> InsertAsync(SqlDialect dialect, SqlSession write, CostRecord record, CancellationToken cancellationToken)
    {
        var key = KeyOf(record);
        if (await BindTo(dialect, write.Command(InsertSql), record, key).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        foreach (var tag in record.Tags.Select(StoredText.Id).Distinct(StringComparer.Ordinal))
        {
            await write.Command(InsertTagSql).Bind("@tag", tag).Bind("@key", key).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Reads a record from the column <c>record</c>.</summary>
    public static CostRecord Read(DbDataReader reader, int ordinal) =>
        JsonSerializer.Deserialize(reader.GetString(ordinal), CostJson.Default.CostRecord)!;

    private static DbCommand BindTo(SqlDialect dialect, DbCommand command, CostRecord record, byte[] key)
    {
        var isCall = record.Corrects is null;
        return command
            .Bind("@key", key)
            .Bind("@id", dialect.Parameter(record.Id))
            .Bind("@ticks", record.Time.UtcTicks)
            .Bind("@conversation", StoredText.Id(record.ConversationId))
            .Bind("@user", StoredText.Id(record.UserId))
            .Bind("@session", StoredText.Id(record.SessionId))
            .Bind("@provider", StoredText.Id(record.Provider))
            .Bind("@model", StoredText.Id(record.Model))
            .Bind("@is_correction", isCall ? 0 : 1)
            .Bind("@completeness", record.Receipt.Completeness.ToString())
            .Bind("@corrected_completeness", record.CorrectedCompleteness?.ToString())
            .Bind("@total", record.Total is { } total ? dialect.Parameter(total) : null)
            .Bind("@input_tokens", isCall ? record.Receipt.Usage.CountOf(UsageUnits.Input) : null)
            .Bind("@output_tokens", isCall ? record.Receipt.Usage.CountOf(UsageUnits.Output) : null)
            .Bind("@record", JsonSerializer.Serialize(record, CostJson.Default.CostRecord));
    }

    private static byte[] KeyOf(CostRecord record) => SHA256.HashData(Encoding.Unicode.GetBytes(
        record.Corrects is { } corrected ? $"corrects {corrected:N}" : $"call {record.CallId}"));
}
