using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Reads conversations, and adds new ones.</summary>
internal static class ConversationRows
{
    public const string Columns =
        "c.position, c.tenant, c.id, c.user_id, c.title, c.model, c.tags, c.metadata, c.created_ticks, c.updated_ticks, c.deleted_ticks, c.erased_ticks, c.expires_ticks, "
        + "c.version, c.last_sequence, c.branch, c.branch_count";

    public const string IsThere = "deleted_ticks IS NULL";

    public const string IsNotErased = "erased_ticks IS NULL";

    private const string FindSql = $"SELECT {Columns} FROM aiobs_conversations c WHERE c.tenant = @tenant AND c.id = @id";

    private const string InsertSql = """
        INSERT INTO aiobs_conversations (tenant, id, user_id, title, model, tags, metadata, created_ticks, updated_ticks, version, last_sequence, branch, branch_count)
        VALUES (@tenant, @id, @user, @title, @model, @tags, @metadata, @created, @created, 0, 0, 0, 1)
        ON CONFLICT (tenant, id) DO NOTHING RETURNING position
        """;

    private static readonly BulkTable Tags = new("aiobs_conversation_tags", "conversation, tag", [("conversation", typeof(long)), ("tag", typeof(string))], Replaces: false);

    /// <summary>Finds a conversation, deleted or not.</summary>
    public static async ValueTask<ConversationRow?> FindAsync(SqlSession session, string tenant, string id, CancellationToken cancellationToken)
    {
        if (!StoredText.IsStorable(tenant) || !StoredText.IsStorable(id))
        {
            // No commit takes such an id, and no database a question about it.
            return null;
        }

        var found = await session.Command(FindSql).Bind("@tenant", tenant).Bind("@id", id).ReadAllAsync(Read, cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Finds one that somebody may see.</summary>
    public static async ValueTask<ConversationRow?> FindAsync(SqlSession session, string tenant, string id, bool includeHidden, CancellationToken cancellationToken)
    {
        var found = await FindAsync(session, tenant, id, cancellationToken).ConfigureAwait(false);
        return found?.State is { } state && (includeHidden ? !state.IsErased : state.DeletedAt is null) ? found : null;
    }

    /// <summary>Adds a conversation to which no commit was made yet.</summary>
    /// <returns>Whether there was none; another transaction that adds the same one is waited for.</returns>
    public static async ValueTask<bool> InsertAsync(SqlDialect dialect, SqlSession write, ConversationCommit commit, Conversation create, CancellationToken cancellationToken)
    {
        var created = create.CreatedAt == default ? commit.At : create.CreatedAt;
        var insert = Bind(write.Command(InsertSql), create).Bind("@tenant", commit.Tenant).Bind("@id", commit.ConversationId).Bind("@created", created.UtcTicks);
        var positions = await insert.ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (positions is not [var position])
        {
            return false;
        }

        await dialect.InsertAsync(write, [TagsOf(position, create.Tags)], cancellationToken).ConfigureAwait(false);
        return true;
    }

    public static BulkRows TagsOf(long position, IReadOnlyList<string> tags) =>
        new(Tags, [.. tags.Select(StoredText.Of).Distinct(StringComparer.Ordinal).Select(tag => new object?[] { position, tag })]);

    /// <summary>Sets what a conversation is made of.</summary>
    public static DbCommand Bind(DbCommand command, Conversation made) => command
        .Bind("@user", StoredText.OrNull(made.UserId))
        .Bind("@title", StoredText.OrNull(made.Title))
        .Bind("@model", StoredText.OrNull(made.Model))
        .Bind("@tags", ConversationJson.WriteTexts([.. made.Tags.Select(StoredText.Of)]))
        .Bind("@metadata", ConversationJson.WriteData(made.Metadata));

    public static ConversationRow Read(DbDataReader row) => new(row.GetInt64(0), new()
    {
        Tenant = row.GetString(1),
        Id = row.GetString(2),
        UserId = row.FindString(3),
        Title = row.FindString(4),
        Model = row.FindString(5),
        Tags = ConversationJson.ReadTexts(row.FindString(6)),
        Metadata = ConversationJson.ReadData(row.FindString(7)),
        CreatedAt = new(row.GetInt64(8), TimeSpan.Zero),
        UpdatedAt = new(row.GetInt64(9), TimeSpan.Zero),
        DeletedAt = TimeOf(row.FindInt64(10)),
        IsErased = row.FindInt64(11) is not null,
        ExpiresAt = TimeOf(row.FindInt64(12)),
        Version = row.GetInt64(13),
        MessageCount = row.GetInt64(14),
        Branch = checked((int)row.GetInt64(15)),
        BranchCount = checked((int)row.GetInt64(16)),
    });

    public static DateTimeOffset? TimeOf(long? ticks) => ticks is { } known ? new(known, TimeSpan.Zero) : null;
}
