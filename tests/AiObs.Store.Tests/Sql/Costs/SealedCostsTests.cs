using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

/// <summary>Costs are sealed in the transaction that writes them, and the event log verifies them with its events.</summary>
public sealed class SealedCostsTests(DatabaseFixture databases)
{
    private static readonly EventLogOptions Keyed = new() { HmacKey = [.. new byte[31], 1] };

    private const string Changed = "is not as it was recorded: its hash does not follow from what it says and from the record before it.";

    private static readonly Dictionary<string, (string Sql, EventLogFaultKind Fault, string Description)> Cases = new()
    {
        ["a model changed"] = (
            "UPDATE aiobs_costs SET model = 'other' WHERE position = 2", EventLogFaultKind.CostMismatch, $"Cost record 2 (id {CostSamples.IdOf(2)}, position 2) {Changed}"),
        ["a total taken away"] = (
            "UPDATE aiobs_costs SET total = NULL WHERE position = 1", EventLogFaultKind.CostMismatch, $"Cost record 1 (id {CostSamples.IdOf(1)}, position 1) {Changed}"),
        ["a correction made a call"] = (
            "UPDATE aiobs_costs SET is_correction = 0", EventLogFaultKind.CostMismatch, $"Cost record 3 (id {CostSamples.IdOf(3)}, position 3) {Changed}"),
        ["another user"] = (
            "UPDATE aiobs_costs SET user_id = 'other' WHERE position = 2",
            EventLogFaultKind.CostMismatch,
            $"Cost record 2 (id {CostSamples.IdOf(2)}, position 2) has other ids than were recorded with it."),
        ["a user for a record that had none"] = (
            "UPDATE aiobs_costs SET user_id = 'other' WHERE position = 1",
            EventLogFaultKind.CostMismatch,
            $"Cost record 1 (id {CostSamples.IdOf(1)}, position 1) has other ids than were recorded with it."),
        ["ids erased by somebody else"] = (
            "UPDATE aiobs_costs SET user_id = 'erased', salt = NULL WHERE position = 2",
            EventLogFaultKind.CostMismatch,
            "The ids of 1 cost records are erased, and those are not the 0, or not the ids, that the erasures have left."),
        ["a record deleted"] = (
            "DELETE FROM aiobs_costs WHERE position = 2",
            EventLogFaultKind.CostMismatch,
            $"Cost record 2 is missing: after it comes record 3 (id {CostSamples.IdOf(3)}, position 3)."),
        ["the last record deleted"] = (
            "DELETE FROM aiobs_costs WHERE position = 3", EventLogFaultKind.CostMismatch, "The cost records end with 2, but their seal knows of 3."),
        ["a record deleted, and the count with it"] = (
            "DELETE FROM aiobs_costs WHERE position = 3; UPDATE aiobs_cost_chain SET sequence = 2",
            EventLogFaultKind.HeadMismatch,
            "The row of aiobs_cost_chain is not as this store has written it: its seal does not fit."),
        ["a record added"] = (
            "INSERT INTO aiobs_costs (call_key, id, ticks, is_correction, completeness, record) SELECT {key}, id, ticks, 0, completeness, record FROM aiobs_costs WHERE position = 1",
            EventLogFaultKind.UnknownRow,
            "1 rows of aiobs_costs are none that a store writes."),
        ["a record added with a place"] = (
            "INSERT INTO aiobs_costs (call_key, id, ticks, is_correction, completeness, record, sequence, hash) SELECT {key}, id, ticks, 0, completeness, record, 4, hash FROM aiobs_costs WHERE position = 1",
            EventLogFaultKind.CostMismatch,
            $"Cost record 4 (id {CostSamples.IdOf(1)}, position 4) {Changed}"),
        ["two records in each other's place"] = (
            "UPDATE aiobs_costs SET position = 10 WHERE position = 1",
            EventLogFaultKind.CostMismatch,
            $"Cost record 1 is missing: after it comes record 2 (id {CostSamples.IdOf(2)}, position 2)."),
        ["a tag taken away"] = (
            "DELETE FROM aiobs_cost_tags WHERE tag = 'a'", EventLogFaultKind.CostMismatch, $"Cost record 1 (id {CostSamples.IdOf(1)}, position 1) {Changed}"),
        ["a tag of nothing"] = (
            "INSERT INTO aiobs_cost_tags (tag, position) VALUES ('a', 100)", EventLogFaultKind.UnknownRow, "1 rows of aiobs_cost_tags are none that a store writes."),
        ["the seal taken away"] = (
            "DELETE FROM aiobs_cost_chain",
            EventLogFaultKind.CostMismatch,
            "The row of aiobs_cost_chain that seals the costs is missing, or is none that a store writes."),
        ["the table of the seal taken away"] = (
            "DROP TABLE aiobs_cost_chain", EventLogFaultKind.CostMismatch, "The table aiobs_cost_chain, which seals the costs, is missing."),
        ["all tables taken away"] = (
            "DROP TABLE aiobs_cost_tags; DROP TABLE aiobs_costs; DROP TABLE aiobs_cost_chain",
            EventLogFaultKind.CostMismatch,
            "The tables of costs are missing: the database has had some."),
        ["all made to look like those of 0.1.0"] = (
            "UPDATE aiobs_costs SET sequence = NULL, hash = NULL; UPDATE aiobs_cost_chain SET unsealed = 3",
            EventLogFaultKind.UnknownRow,
            "3 rows of aiobs_costs are none that a store writes."),
        ["a retention of somebody else"] = (
            "DELETE FROM aiobs_costs WHERE position = 1; DELETE FROM aiobs_cost_tags; UPDATE aiobs_cost_chain SET start_position = 2, dropped_sequence = 1",
            EventLogFaultKind.HeadMismatch,
            "The row of aiobs_cost_chain is not as this store has written it: its seal does not fit."),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<DatabaseKind, string> Everything { get; } = new(Enum.GetValues<DatabaseKind>(), Cases.Keys);

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task VerifyAsync_CostsAsTheyWereRecorded_AreIntactAndAnchored(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await WriteAsync(database);

        var first = await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop);
        Assert.True(await database.OpenCosts(options: Keyed).RecordAsync(CostSamples.Call(9, 0.10m) with { Tags = ["b", "a", "b"] }, Stop));
        Assert.False(await database.OpenCosts(options: Keyed).RecordAsync(CostSamples.Call(9), Stop));
        var second = await database.OpenLog(Keyed).VerifyAsync(first.Anchors, Stop);

        Assert.Empty(second.Faults);
        Assert.Equal((3, 4, 0), (first.CostCount, second.CostCount, second.UnsealedCostCount));
        Assert.Equal(("costs", 4), (second.Anchors[^1].Writer, second.Anchors[^1].Count));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task VerifyAsync_CostsTamperedWith_SaysSo(DatabaseKind kind, string tampering)
    {
        var (sql, kindOfFault, description) = Cases[tampering];
        await using var database = await databases.CreateAsync(kind);
        await WriteAsync(database);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(sql.Replace("{key}", kind == DatabaseKind.Sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')", StringComparison.Ordinal), Stop);

        var found = await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop);

        Assert.Contains((kindOfFault, "costs", description), found.Faults.Select(static fault => (fault.Kind, fault.Writer, fault.Description)));
        Assert.DoesNotContain(found.Faults, static fault => fault.Writer != "costs");
        Assert.DoesNotContain(found.Anchors, static anchor => anchor.Writer == "costs");
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task VerifyAsync_CostsGoneWithAllThatToldOfThem_AreFoundByTheirAnchor(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await WriteAsync(database);
        var anchors = (await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop)).Anchors;
        await database.ExecuteAsync(
            "DROP TABLE aiobs_costs; DROP TABLE aiobs_cost_tags; DROP TABLE aiobs_cost_chain; DELETE FROM aiobs_migrations WHERE part = 'costs'", Stop);

        Assert.Empty((await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop)).Faults);
        var fault = Assert.Single((await database.OpenLog(Keyed).VerifyAsync(anchors, Stop)).Faults);
        Assert.Equal((EventLogFaultKind.CostMismatch, "An anchor knows of 3 cost records, and the database seals none."), (fault.Kind, fault.Description));
    }

    [Theory]
    [InlineData(true, "The costs were sealed without a key.")]
    [InlineData(false, "The costs were sealed with a key; verify with it.")]
    public async Task VerifyAsync_OtherKey_SaysWhich(bool isVerifiedWithKey, string description)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await database.OpenCosts(options: isVerifiedWithKey ? null : Keyed).RecordAsync(CostSamples.Call(1), Stop);

        var fault = Assert.Single((await database.OpenLog(isVerifiedWithKey ? Keyed : null).VerifyAsync(cancellationToken: Stop)).Faults);

        Assert.Equal((EventLogFaultKind.KeyMismatch, "costs", description), (fault.Kind, fault.Writer, fault.Description));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task RecordAsync_ManyWritersAtOnce_SealEachRecordOnce(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                var costs = database.OpenCosts(options: Keyed);
                for (var number = 0; number < 5; number++)
                {
                    await costs.RecordAsync(CostSamples.Call((writer * 10) + number), Stop);
                    await costs.RecordAsync(CostSamples.Call(number), Stop);
                }
            },
            Stop)));

        var found = await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop);
        Assert.Empty(found.Faults);
        Assert.Equal(20, found.CostCount);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Tables_OfCosts_RefuseToBeChanged(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await WriteAsync(database);

        foreach (var sql in new[]
        {
            "UPDATE aiobs_costs SET model = 'other'", "DELETE FROM aiobs_costs", "UPDATE aiobs_cost_tags SET tag = 'other'", "DELETE FROM aiobs_cost_tags",
            "DELETE FROM aiobs_cost_chain", "UPDATE aiobs_cost_chain SET sequence = sequence - 1", "UPDATE aiobs_cost_chain SET start_position = 0",
            "UPDATE aiobs_cost_chain SET unsealed = 1", "UPDATE aiobs_costs SET user_id = 'other'", "UPDATE aiobs_costs SET salt = NULL WHERE position = 1",
        })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.ExecuteAsync(sql, Stop));
        }
    }

    private static async Task WriteAsync(TestDatabase database)
    {
        await database.OpenLog(Keyed).AppendAsync(EventSamples.Events(0, 1), Stop);
        var costs = database.OpenCosts(options: Keyed);
        await costs.RecordAsync(CostSamples.Call(1) with { Tags = ["a"] }, Stop);
        await costs.RecordAsync(CostSamples.Call(2) with { UserId = "user", ConversationId = "conversation" }, Stop);
        await costs.RecordAsync(CostSamples.Correction(3, CostSamples.Call(1), 0.5m), Stop);
    }
}
