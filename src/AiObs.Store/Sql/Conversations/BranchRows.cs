using AiObs.Store.Conversations;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Reads where branches left each other.</summary>
internal static class BranchRows
{
    private const string ListSql = "SELECT branch, parent, after_sequence FROM aiobs_conversation_branches WHERE conversation = @conversation AND branch <= @branch";

    private const string InsertSql =
        "INSERT INTO aiobs_conversation_branches (conversation, branch, parent, after_sequence) VALUES (@conversation, @branch, @parent, @after)";

    /// <summary>Returns what a branch is made of, the nearest first. A branch leaves an older one, so that one query finds all that matter.</summary>
    public static async ValueTask<IReadOnlyList<BranchRange>> PathAsync(SqlSession session, long conversation, int branch, long upToSequence, CancellationToken cancellationToken)
    {
        if (branch == 0)
        {
            return [new(0, upToSequence)];
        }

        var rows = await session.Command(ListSql).Bind("@conversation", conversation).Bind("@branch", (long)branch)
            .ReadAllAsync(static row => (Branch: checked((int)row.GetInt64(0)), Origin: new BranchPoint(checked((int)row.GetInt64(1)), row.GetInt64(2))), cancellationToken)
            .ConfigureAwait(false);
        var origins = rows.ToDictionary(static row => row.Branch, static row => row.Origin);
        return BranchRange.PathOf(branch, upToSequence, number => origins.GetValueOrDefault(number));
    }

    public static Task InsertAsync(SqlSession write, long conversation, int branch, BranchPoint origin, CancellationToken cancellationToken) => write.Command(InsertSql)
        .Bind("@conversation", conversation)
        .Bind("@branch", (long)branch)
        .Bind("@parent", (long)origin.Branch)
        .Bind("@after", origin.AfterSequence)
        .ExecuteNonQueryAsync(cancellationToken);
}
