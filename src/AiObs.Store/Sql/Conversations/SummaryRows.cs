using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Writes summaries as they stand in their table, and reads them.</summary>
internal static class SummaryRows
{
    private const string Columns = "coverage, branch, first_sequence, last_sequence, content, token_count, model, ticks";

    private const string FindSql = $"SELECT {Columns} FROM aiobs_summaries WHERE conversation = @conversation AND coverage = @coverage";

    private const string FindLatestSql =
        $"SELECT {Columns} FROM aiobs_summaries WHERE conversation = @conversation AND branch = @branch AND last_sequence <= @last ORDER BY last_sequence DESC, position LIMIT 1";

    private const string InsertSql = $"""
        INSERT INTO aiobs_summaries (conversation, {Columns})
        VALUES (@conversation, @coverage, @branch, @first, @last, @content, @tokens, @model, @ticks)
        ON CONFLICT (conversation, coverage) DO NOTHING
        """;

    public static ValueTask<ConversationSummary?> FindAsync(SqlSession read, long conversation, string coverage, CancellationToken cancellationToken) =>
        FirstAsync(read.Command(FindSql).Bind("@conversation", conversation).Bind("@coverage", coverage), cancellationToken);

    public static async ValueTask<ConversationSummary?> FindLatestAsync(SqlSession read, long conversation, int branch, long upToSequence, CancellationToken cancellationToken)
    {
        ConversationSummary? latest = null;
        foreach (var range in await BranchRows.PathAsync(read, conversation, branch, upToSequence, cancellationToken).ConfigureAwait(false))
        {
            var query = read.Command(FindLatestSql).Bind("@conversation", conversation).Bind("@branch", (long)range.Branch).Bind("@last", range.UpToSequence);
            if (await FirstAsync(query, cancellationToken).ConfigureAwait(false) is { } found && found.LastSequence > (latest?.LastSequence ?? -1))
            {
                latest = found;
            }
        }

        return latest;
    }

    public static Task InsertAsync(SqlSession write, long conversation, ConversationSummary summary, CancellationToken cancellationToken) => write.Command(InsertSql)
        .Bind("@conversation", conversation)
        .Bind("@coverage", summary.Coverage)
        .Bind("@branch", (long)summary.Branch)
        .Bind("@first", summary.FirstSequence)
        .Bind("@last", summary.LastSequence)
        .Bind("@content", StoredText.Of(summary.Text))
        .Bind("@tokens", (long)summary.TokenCount)
        .Bind("@model", StoredText.OrNull(summary.Model))
        .Bind("@ticks", summary.At.UtcTicks)
        .ExecuteNonQueryAsync(cancellationToken);

    private static async ValueTask<ConversationSummary?> FirstAsync(DbCommand query, CancellationToken cancellationToken) =>
        (await query.ReadAllAsync(Read, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private static ConversationSummary Read(DbDataReader row) => new()
    {
        Coverage = row.GetString(0),
        Branch = checked((int)row.GetInt64(1)),
        FirstSequence = row.GetInt64(2),
        LastSequence = row.GetInt64(3),
        Text = row.GetString(4),
        TokenCount = checked((int)row.GetInt64(5)),
        Model = row.FindString(6),
        At = new(row.GetInt64(7), TimeSpan.Zero),
    };
}
