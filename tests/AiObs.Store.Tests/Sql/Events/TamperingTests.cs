using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>Somebody who can write to the database, and has taken its rules away, is found out.</summary>
public sealed class TamperingTests(DatabaseFixture databases)
{
    private static readonly Dictionary<string, Tampering> Cases = new()
    {
        ["a fact changed"] = new(
            "UPDATE aiobs_events SET data = '{\"number\":99}' WHERE sequence = 2 AND {first}",
            EventLogFaultKind.BrokenLink, 2),
        ["a type changed"] = new("UPDATE aiobs_events SET type = 'other' WHERE sequence = 2 AND {first}", EventLogFaultKind.BrokenLink, 2),
        ["a time changed by a tick"] = new("UPDATE aiobs_events SET ticks = ticks + 1 WHERE sequence = 2 AND {first}", EventLogFaultKind.BrokenLink, 2),
        ["a user taken away"] = new("UPDATE aiobs_events SET user_id = NULL WHERE sequence = 2 AND {first}", EventLogFaultKind.BrokenLink, 2),
        ["a conversation exchanged"] = new(
            "UPDATE aiobs_events SET conversation_id = user_id WHERE sequence = 2 AND {first}",
            EventLogFaultKind.BrokenLink, 2),
        ["the last event changed"] = new("UPDATE aiobs_events SET type = 'other' WHERE sequence = 5 AND {first}", EventLogFaultKind.BrokenLink, 5),
        ["the first event deleted"] = new("DELETE FROM aiobs_events WHERE sequence = 1 AND {first}", EventLogFaultKind.MissingEvent, 1),
        ["an event deleted"] = new("DELETE FROM aiobs_events WHERE sequence = 3 AND {first}", EventLogFaultKind.MissingEvent, 3),
        ["an event deleted and the rest moved up"] = new(
            "DELETE FROM aiobs_events WHERE sequence = 3 AND {first}; UPDATE aiobs_events SET sequence = 3 WHERE sequence = 4 AND {first}; "
            + "UPDATE aiobs_events SET sequence = 4 WHERE sequence = 5 AND {first}",
            EventLogFaultKind.BrokenLink, 3),
        ["two events exchanged"] = new(
            "UPDATE aiobs_events SET sequence = 100 WHERE sequence = 2 AND {first}; UPDATE aiobs_events SET sequence = 2 WHERE sequence = 3 AND {first}; "
            + "UPDATE aiobs_events SET sequence = 3 WHERE sequence = 100 AND {first}",
            EventLogFaultKind.BrokenLink, 2),
        ["two events listed in another order"] = new(
            "UPDATE aiobs_event_contents SET position = 1000 WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 2 AND {first}); "
            + "UPDATE aiobs_events SET position = 1000 WHERE sequence = 2 AND {first}",
            EventLogFaultKind.BrokenLink, 3),
        ["an event inserted at the end"] = new(
            "INSERT INTO aiobs_events (id, writer, sequence, ticks, type, data, hash) SELECT {id}, writer, 6, ticks, type, data, hash FROM aiobs_events "
            + "WHERE sequence = 5 AND {first}",
            EventLogFaultKind.BrokenLink, 6),
        ["an event inserted in the middle"] = new(
            "UPDATE aiobs_events SET sequence = sequence + 100 WHERE sequence > 2 AND {first}; "
            + "INSERT INTO aiobs_events (id, writer, sequence, ticks, type, data, hash) SELECT {id}, writer, 3, ticks, type, data, hash FROM aiobs_events "
            + "WHERE sequence = 2 AND {first}; UPDATE aiobs_events SET sequence = sequence - 99 WHERE sequence > 100 AND {first}",
            EventLogFaultKind.BrokenLink, 3),
        ["the tail cut off"] = new("DELETE FROM aiobs_events WHERE sequence > 3 AND {first}", EventLogFaultKind.CutTail, 4),
        ["the tail cut off and the writer's row put back"] = new(
            "DELETE FROM aiobs_events WHERE sequence > 3 AND {first}; UPDATE aiobs_event_writers SET sequence = 3, "
            + "hash = (SELECT e.hash FROM aiobs_events e WHERE e.sequence = 3 AND {first}) WHERE {first}",
            EventLogFaultKind.HeadMismatch, 3),
        ["all events of a writer deleted"] = new("DELETE FROM aiobs_events WHERE {first}", EventLogFaultKind.CutTail, 1),
        ["a writer deleted"] = new("DELETE FROM aiobs_event_writers WHERE {first}", EventLogFaultKind.MissingWriter, null),
        ["a writer deleted with its events"] = new(
            "CREATE TABLE w AS SELECT writer FROM aiobs_event_writers WHERE {first}; DELETE FROM aiobs_events WHERE writer IN (SELECT writer FROM w); "
            + "DELETE FROM aiobs_event_writers WHERE writer IN (SELECT writer FROM w)",
            EventLogFaultKind.MissingWriter, null),
        ["a content changed"] = new(
            "UPDATE aiobs_event_contents SET content = 'other' WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {first})",
            EventLogFaultKind.ContentMismatch, 4),
        ["a content removed without an erasure"] = new(
            "DELETE FROM aiobs_event_contents WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {first})",
            EventLogFaultKind.ContentMismatch, 4),
        ["a content marked as erased"] = new(
            "UPDATE aiobs_event_contents SET content = NULL, salt = NULL, erased_by = {id} "
            + "WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {first})",
            EventLogFaultKind.ContentMismatch, 4),
        ["two contents exchanged"] = new(
            "UPDATE aiobs_event_contents SET position = 1000 WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {first}); "
            + "UPDATE aiobs_event_contents SET position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {first}) "
            + "WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 2 AND {first}); "
            + "UPDATE aiobs_event_contents SET position = (SELECT position FROM aiobs_events WHERE sequence = 2 AND {first}) WHERE position = 1000",
            EventLogFaultKind.ContentMismatch, 2),
        ["a writer given half a predecessor"] = new(
            "UPDATE aiobs_event_writers SET predecessor_writer = writer, predecessor_sequence = 1 WHERE {first}",
            EventLogFaultKind.HeadMismatch, 5),
        ["an event made into one that tells of an erasure, with no facts"] = new(
            "UPDATE aiobs_events SET type = 'content_erased', data = '[]' WHERE sequence = 2 AND {first}",
            EventLogFaultKind.BrokenLink, 2),
        ["a retention faked"] = new(
            "INSERT INTO aiobs_event_checkpoints SELECT writer, sequence, hash, hash FROM aiobs_events WHERE sequence = 2 AND {first}; "
            + "DELETE FROM aiobs_events WHERE sequence <= 2 AND {first}",
            EventLogFaultKind.HeadMismatch, 2),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<DatabaseKind, string> Everything { get; } = new(Enum.GetValues<DatabaseKind>(), Cases.Keys);

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task VerifyAsync_DatabaseTamperedWith_SaysWhatIsBrokenAndWhere(DatabaseKind kind, string tampering)
    {
        var (sql, fault, sequence) = Cases[tampering];
        await using var database = await databases.CreateAsync(kind);
        var writer = await WriteAsync(database);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(Complete(sql, kind), Stop);

        var verification = await database.OpenLog().VerifyAsync(cancellationToken: Stop);

        Assert.False(verification.IsIntact);
        Assert.Contains(verification.Faults, found => found.Kind == fault && found.Writer == writer && found.Sequence == sequence);
        Assert.DoesNotContain(verification.Faults, found => found.Writer != writer && found.Kind != EventLogFaultKind.UnknownRow);
    }

    /// <summary>SQLite compares by the kind of a value, and its driver reads all kinds alike: a changed kind hides an event from queries.</summary>
    [Theory]
    [InlineData("conversation_id = CAST(conversation_id AS BLOB)")]
    [InlineData("ticks = CAST(ticks AS BLOB)")]
    [InlineData("id = CAST(id AS TEXT)")]
    [InlineData("id = x'01'")]
    [InlineData("data = CAST(data AS BLOB)")]
    public async Task VerifyAsync_EventStoredInAnotherForm_IsMissing(string change)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var writer = await WriteAsync(database);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(Complete($"UPDATE aiobs_events SET {change} WHERE sequence = 2 AND {{first}}", DatabaseKind.Sqlite), Stop);

        var faults = (await database.OpenLog().VerifyAsync(cancellationToken: Stop)).Faults;

        Assert.Equal([(EventLogFaultKind.MissingEvent, writer, 2L), (EventLogFaultKind.UnknownRow, "", null)], faults.Select(static fault => (fault.Kind, fault.Writer, fault.Sequence)));
        Assert.Equal("1 rows of aiobs_events are none that a log writes: values of other types or sizes. The first has position 2.", faults[1].Description);
    }

    [Theory]
    [InlineData("content = CAST(content AS BLOB)")]
    [InlineData("content = NULL, salt = NULL, erased_by = x'01'")]
    public async Task VerifyAsync_ContentStoredInAnotherForm_IsLost(string change)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var writer = await WriteAsync(database);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(
            Complete($"UPDATE aiobs_event_contents SET {change} WHERE position = (SELECT position FROM aiobs_events WHERE sequence = 4 AND {{first}})", DatabaseKind.Sqlite),
            Stop);

        var faults = (await database.OpenLog().VerifyAsync(cancellationToken: Stop)).Faults;

        Assert.Equal([(EventLogFaultKind.ContentMismatch, writer, 4L), (EventLogFaultKind.UnknownRow, "", null)], faults.Select(static fault => (fault.Kind, fault.Writer, fault.Sequence)));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task VerifyAsync_NewestWriterDeleted_IsFoundByItsAnchor(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await WriteAsync(database);
        var anchors = (await database.OpenLog().VerifyAsync(cancellationToken: Stop)).Anchors;
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(
            "DELETE FROM aiobs_events WHERE NOT ({first}); DELETE FROM aiobs_event_writers WHERE ordinal > 1; "
                .Replace("{first}", First, StringComparison.Ordinal)
            + "DELETE FROM aiobs_event_contents WHERE position NOT IN (SELECT position FROM aiobs_events)",
            Stop);

        var log = database.OpenLog();

        Assert.True((await log.VerifyAsync(cancellationToken: Stop)).IsIntact);
        var fault = Assert.Single((await log.VerifyAsync(anchors, Stop)).Faults);
        Assert.Equal(EventLogFaultKind.MissingWriter, fault.Kind);
        Assert.Equal(anchors[1].Writer, fault.Writer);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_TailCutBehindTheOpenLog_IsRefusedOnceAndNeverForgotten(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1)], Stop);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM aiobs_event_writers", Stop);
        await log.AppendAsync([EventSamples.Full(2)], Stop);
        var writer = (string)(await database.QueryAsync("SELECT writer FROM kept", Stop))!;

        // The writer's row of then fits the events of then: nothing in the database tells of the second event any more.
        await database.ExecuteAsync(
            "DELETE FROM aiobs_events WHERE sequence = 2; DELETE FROM aiobs_event_contents WHERE position NOT IN (SELECT position FROM aiobs_events); "
            + "UPDATE aiobs_event_writers SET sequence = 1, hash = (SELECT hash FROM kept), seal = (SELECT seal FROM kept)", Stop);

        Assert.True((await database.OpenLog().VerifyAsync(cancellationToken: Stop)).IsIntact);
        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync([EventSamples.Full(3)], Stop));
        Assert.True(refused.IsTransient);
        await log.AppendAsync([EventSamples.Full(3)], Stop);

        var fault = Assert.Single((await log.VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.Equal((EventLogFaultKind.CutTail, writer, 2L), (fault.Kind, fault.Writer, fault.Sequence));
        Assert.Equal(2, await log.CountAsync(EventQuery.All, Stop));
    }

    private const string First = "writer = (SELECT w.writer FROM aiobs_event_writers w ORDER BY w.ordinal LIMIT 1)";

    private static string Complete(string sql, DatabaseKind kind) => sql
        .Replace("{first}", First, StringComparison.Ordinal)
        .Replace("{id}", kind == DatabaseKind.Sqlite ? "x'00112233445566778899aabbccddeeff'" : "'00112233-4455-6677-8899-aabbccddeeff'::uuid", StringComparison.Ordinal);

    /// <summary>Writes five events as one writer and two as another; returns the first.</summary>
    private static async Task<string> WriteAsync(TestDatabase database)
    {
        await database.OpenLog().AppendAsync(
            [EventSamples.Full(1), EventSamples.Full(2), EventSamples.Event(3), EventSamples.Full(4), EventSamples.Full(5)], Stop);
        await database.OpenLog().AppendAsync([EventSamples.Full(6), EventSamples.Full(7)], Stop);
        var all = await database.OpenLog().VerifyAsync(cancellationToken: Stop);
        Assert.True(all.IsIntact);
        Assert.Equal([5, 2], all.Anchors.Select(static anchor => anchor.Count));
        return all.Anchors[0].Writer;
    }

    private sealed record Tampering(string Sql, EventLogFaultKind Fault, long? Sequence);
}
