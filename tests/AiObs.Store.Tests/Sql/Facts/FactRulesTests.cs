using System.Data.Common;
using System.Globalization;
using System.Text;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql.Facts;

/// <summary>What databases do with facts beyond the contract: events in the same transaction, rules against change, and nothing left in the file.</summary>
public sealed class FactRulesTests(DatabaseFixture databases)
{
    private const string Canary = "canary-7f3a9c";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitFactsAsync_WithEvents_BringsThemToTheLog(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();

        await store.CommitFactsAsync(Commit(0, "Rome") with { Events = [EventSamples.Said(1, "\"a\""), EventSamples.Said(2, "\"b\"")] }, Stop);
        await store.FlushEventsAsync(Stop);

        Assert.Equal([1, 2], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitFactsAsync_Refused_TellsTheLogNothing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();
        await store.CommitFactsAsync(Commit(0, "Rome"), Stop);

        await Assert.ThrowsAsync<FactConflictException>(async () => await store.CommitFactsAsync(Commit(0, "Oslo") with { Events = [EventSamples.Said(1, "\"a\"")] }, Stop));
        await store.FlushEventsAsync(Stop);

        Assert.Empty(await LogReading.NumbersAsync(log));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "UPDATE aiobs_facts SET content = 'Paris'", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.Sqlite, "UPDATE aiobs_facts SET confidence = '0.1'", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.Sqlite, "UPDATE aiobs_facts SET ended_ticks = NULL, superseded_by = NULL WHERE ended_ticks IS NOT NULL", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM aiobs_facts", "facts stay; their values can be erased")]
    [InlineData(DatabaseKind.Sqlite, "UPDATE aiobs_profiles SET content = 'x'", "a profile can be erased, and nothing else")]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM aiobs_profiles", "profiles stay; their texts can be erased")]
    [InlineData(DatabaseKind.PostgreSql, "UPDATE aiobs_facts SET content = 'Paris'", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.PostgreSql, "UPDATE aiobs_facts SET confidence = '0.1'", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.PostgreSql, "UPDATE aiobs_facts SET ended_ticks = NULL, superseded_by = NULL WHERE ended_ticks IS NOT NULL", "a fact can be ended and erased, and nothing else")]
    [InlineData(DatabaseKind.PostgreSql, "TRUNCATE aiobs_facts", "facts stay; their values can be erased")]
    [InlineData(DatabaseKind.PostgreSql, "UPDATE aiobs_profiles SET content = 'x'", "a profile can be erased, and nothing else")]
    [InlineData(DatabaseKind.PostgreSql, "TRUNCATE aiobs_profiles", "profiles stay; their texts can be erased")]
    public async Task Tables_ChangedByHand_RefuseIt(DatabaseKind kind, string sql, string message)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, _) = database.OpenConversations();
        await store.CommitFactsAsync(Commit(0, "Rome"), Stop);
        await store.CommitFactsAsync(Commit(1, "Oslo") with { Profile = new() { Text = "Lives in Oslo.", At = DateTimeOffset.UnixEpoch } }, Stop);

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync(sql, Stop));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal("Oslo", Assert.Single((await store.ReadFactsAsync(new() { UserId = "ada" }, Stop)).Facts).Value);
    }

    [Fact]
    public async Task EraseFactsAsync_Sqlite_LeavesNoByteInTheFiles()
    {
        await using var database = new SqliteTestDatabase();
        var (store, _) = database.OpenConversations();
        await store.CommitFactsAsync(Commit(0, $"{Canary} 1"), Stop);
        await store.CommitFactsAsync(Commit(1, $"{Canary} 2") with { Profile = new() { Text = $"{Canary} 3", At = DateTimeOffset.UnixEpoch } }, Stop);
        Assert.Contains(Canary, BytesOf(database), StringComparison.Ordinal);

        Assert.Equal(new FactErasure(2, 1), await store.EraseFactsAsync("", "ada", DateTimeOffset.UnixEpoch, Stop));

        Assert.DoesNotContain(Canary, BytesOf(database), StringComparison.Ordinal);
    }

    private static FactCommit Commit(long version, string city) => new()
    {
        UserId = "ada",
        At = DateTimeOffset.UnixEpoch.AddMinutes(version),
        ExpectedVersion = version,
        Saved = [new() { Id = $"f-{version.ToString(CultureInfo.InvariantCulture)}", Key = "city", Value = city, CreatedAt = default }],
    };

    private static string BytesOf(SqliteTestDatabase database) => string.Concat(database.ReadFiles().Select(Encoding.Latin1.GetString));
}
