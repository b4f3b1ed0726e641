using System.Data.Common;
using System.Globalization;
using AiObs.Store.Sql.Conversations;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Conversations;

/// <summary>The database itself refuses what a store never does.</summary>
public sealed class ConversationRulesTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<DatabaseKind, string> Refused { get; } = new(
        Enum.GetValues<DatabaseKind>(),
        [
            "UPDATE aiobs_messages SET sequence = 9 WHERE sequence = 2",
            "UPDATE aiobs_messages SET branch = 9",
            "UPDATE aiobs_messages SET version = 9",
            "UPDATE aiobs_messages SET id = 'other' WHERE sequence = 2",
            "UPDATE aiobs_messages SET role = 'system'",
            "UPDATE aiobs_messages SET ticks = 0",
            "UPDATE aiobs_messages SET turn_id = 'other'",
            "UPDATE aiobs_messages SET replaces_id = 'other'",
            "UPDATE aiobs_messages SET call_ids = '[]'",
            "UPDATE aiobs_messages SET event_id = NULL",
            "UPDATE aiobs_messages SET status = 'Erased', commitment = commitment",
            "DELETE FROM aiobs_messages",
            "UPDATE aiobs_message_contents SET content = 'other'",
            "UPDATE aiobs_message_contents SET salt = NULL",
            "UPDATE aiobs_message_contents SET content = NULL, salt = NULL, sequence = sequence + 10",
            "DELETE FROM aiobs_message_contents",
            "UPDATE aiobs_conversation_commits SET last_sequence = 0",
            "DELETE FROM aiobs_conversation_commits",
        ]);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Tables_ChangedBehindTheStore_RefuseIt(DatabaseKind kind, string sql)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, _) = database.OpenConversations();
        await store.CommitAsync(ConversationSamples.Creating with { Messages = ConversationSamples.Commit(1, 2).Messages }, Stop);
        var before = await TextAsync(store);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync(sql, Stop));

        Assert.Equal(before, await TextAsync(store));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Messages_StatusPinAndTokenCount_MayChange(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, _) = database.OpenConversations();
        await store.CommitAsync(ConversationSamples.Creating with { Messages = ConversationSamples.Commit(1).Messages }, Stop);

        await database.ExecuteAsync("UPDATE aiobs_messages SET status = 'Refused', is_pinned = 1, token_count = 7", Stop);

        var message = Assert.Single((await store.ReadAsync(new() { ConversationId = ConversationSamples.Id }, Stop)).Messages);
        Assert.Equal((MessageStatus.Refused, true, 7), (message.Status, message.IsPinned, message.TokenCount));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task ErasedContents_CannotBePutBack(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, _) = database.OpenConversations();
        await store.CommitAsync(ConversationSamples.Creating with { Messages = ConversationSamples.Commit(1).Messages }, Stop);
        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop);

        var salt = kind == DatabaseKind.Sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync($"UPDATE aiobs_message_contents SET content = 'again', salt = {salt}", Stop));

        Assert.Equal(1L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_message_contents WHERE content IS NULL AND salt IS NULL", Stop), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("aiobs_messages")]
    [InlineData("aiobs_message_contents")]
    [InlineData("aiobs_conversation_commits")]
    public async Task PostgreSqlTables_Truncated_RefuseIt(string table)
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await database.OpenConversations().Store.CommitAsync(ConversationSamples.Creating, Stop);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync($"TRUNCATE {table}", Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Tables_OfANewDatabase_AreThoseOfTheConversations(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenConversations(withEvents: false).Store.CountAsync(new(), Stop);

        var names = kind == DatabaseKind.Sqlite
            ? "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name)"
            : "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";

        Assert.Equal(
            "aiobs_conversation_branches,aiobs_conversation_commits,aiobs_conversation_tags,aiobs_conversations,"
            + (kind == DatabaseKind.Sqlite ? "" : "aiobs_event_outbox,")
            + "aiobs_fact_positions,aiobs_fact_users,aiobs_facts,aiobs_message_contents,aiobs_messages,aiobs_migrations,aiobs_profiles,aiobs_summaries,aiobs_turns",
            await database.QueryAsync(names, Stop));
    }

    private static async Task<string> TextAsync(SqlConversationStore store) => string.Join(
        '\n',
        (await store.ReadAsync(new() { ConversationId = ConversationSamples.Id }, Stop)).Messages.Select(ConversationSamples.Text)
            .Prepend(ConversationSamples.Text(await store.FindAsync("", ConversationSamples.Id, cancellationToken: Stop))));
}
