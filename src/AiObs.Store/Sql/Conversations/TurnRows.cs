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
    private const string UpsertSql = """
        INSERT INTO aiobs_turns (conversation, id, state, branch, started_ticks, ended_ticks, lease_ticks, memory, response, error_type, question_sequence, findings, continuation)
        VALUES (@conversation, @id, @state, @branch, @started, @ended, @lease, @memory, @response, @error, @question, @findings, @continuation)
        ON CONFLICT (conversation, id) DO UPDATE SET state = excluded.state, branch = excluded.branch, started_ticks = excluded.started_ticks,
            ended_ticks = excluded.ended_ticks, lease_ticks = excluded.lease_ticks, memory = excluded.memory, response = excluded.response, error_type = excluded.error_type,
            question_sequence = excluded.question_sequence, findings = excluded.findings, continuation = excluded.continuation
        """;

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

    public static Task WriteAsync(SqlSession write, long conversation, TurnRecord turn, CancellationToken cancellationToken) => write.Command(UpsertSql)
        .Bind("@conversation", conversation)
        .Bind("@id", turn.Id)
        .Bind("@state", turn.State.ToString())
        .Bind("@branch", (long)turn.Branch)
        .Bind("@started", turn.StartedAt.UtcTicks)
        .Bind("@ended", turn.EndedAt?.UtcTicks)
        .Bind("@lease", turn.LeaseUntil?.UtcTicks)
        .Bind("@memory", ConversationJson.WriteMemory(turn.Memory))
        .Bind("@response", StoredText.OrNull(turn.Response))
        .Bind("@error", StoredText.OrNull(turn.ErrorType))
        .Bind("@question", turn.QuestionSequence)
        .Bind("@findings", ConversationJson.WriteFindings(turn.Findings))
        .Bind("@continuation", StoredText.OrNull(turn.ContinuationToken))
        .ExecuteNonQueryAsync(cancellationToken);

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
