using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Writes turns as they stand in their table, and reads them.</summary>
internal static class TurnRows
{
    private const string Columns = "id, state, branch, started_ticks, ended_ticks, lease_ticks, memory, response, error_type, question_sequence, findings, continuation";

    private const string FindSql = $"SELECT {Columns} FROM aiobs_turns WHERE conversation = @conversation AND id = @id";

    private const string ListSql = $"SELECT {Columns} FROM aiobs_turns WHERE conversation = @conversation ORDER BY position DESC LIMIT @last";

    /// <summary>A turn that is there keeps its position, and with it its place among the others.</summary>
    private static readonly BulkTable Table = new(
        "aiobs_turns",
        "conversation, id",
        [
            ("conversation", typeof(long)),
            ("id", typeof(string)),
            ("state", typeof(string)),
            ("branch", typeof(long)),
            ("started_ticks", typeof(long)),
            ("ended_ticks", typeof(long)),
            ("lease_ticks", typeof(long)),
            ("memory", typeof(string)),
            ("response", typeof(string)),
            ("error_type", typeof(string)),
            ("question_sequence", typeof(long)),
            ("findings", typeof(string)),
            ("continuation", typeof(string)),
        ],
        Replaces: true);

    public static async ValueTask<TurnRecord?> FindAsync(SqlSession read, long conversation, string turnId, CancellationToken cancellationToken)
    {
        if (!StoredText.IsStorable(turnId))
        {
            return null;
        }

        var found = await read.Command(FindSql).Bind("@conversation", conversation).Bind("@id", turnId).ReadAllAsync(Read, cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Returns the last turns, in their order.</summary>
    public static async ValueTask<IReadOnlyList<TurnRecord>> ListAsync(SqlSession read, long conversation, int last, CancellationToken cancellationToken)
    {
        var found = await read.Command(ListSql).Bind("@conversation", conversation).Bind("@last", last).ReadAllAsync(Read, cancellationToken).ConfigureAwait(false);
        found.Reverse();
        return found;
    }

    public static BulkRows Of(long conversation, TurnRecord turn) => new(
        Table,
        [
            [
                conversation,
                turn.Id,
                turn.State.ToString(),
                (long)turn.Branch,
                turn.StartedAt.UtcTicks,
                turn.EndedAt?.UtcTicks,
                turn.LeaseUntil?.UtcTicks,
                ConversationJson.WriteMemory(turn.Memory),
                StoredText.OrNull(turn.Response),
                StoredText.OrNull(turn.ErrorType),
                turn.QuestionSequence,
                ConversationJson.WriteFindings(turn.Findings),
                StoredText.OrNull(turn.ContinuationToken),
            ],
        ]);

    private static TurnRecord Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        State = Enum.Parse<TurnState>(row.GetString(1)),
        Branch = checked((int)row.GetInt64(2)),
        StartedAt = new(row.GetInt64(3), TimeSpan.Zero),
        EndedAt = ConversationRows.TimeOf(row.FindInt64(4)),
        LeaseUntil = ConversationRows.TimeOf(row.FindInt64(5)),
        Memory = ConversationJson.ReadMemory(row.FindString(6)),
        Response = row.FindString(7),
        ErrorType = row.FindString(8),
        QuestionSequence = row.FindInt64(9),
        Findings = ConversationJson.ReadFindings(row.FindString(10)),
        ContinuationToken = row.FindString(11),
    };
}
