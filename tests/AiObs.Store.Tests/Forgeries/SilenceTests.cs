using AiObs.Cost;
using AiObs.Store.Events;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Events;
using AiObs.Store.Tests.Upgrades;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>
/// What verification does not find, as the list "What is not found" of the event log's page has it, by its numbers, and what finds it all the same. The
/// last line of the list, events that never came, leaves nothing to test.
/// </summary>
public sealed class SilenceTests(DatabaseFixture databases)
{
    private static readonly EventChain Keyless = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Line1_HashesMadeAnewWithoutKey_AreFoundByAnAnchorOrAKey()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchor = log.Writers[^1].Head.ToAnchor();
        var last = log.IndexOf("c", 4);
        log.Rows[last] = log.Rows[last] with { Facts = log.Rows[last].Facts with { Type = "forged" } };
        log.Rehash("c", Keyless);

        Assert.Empty(log.Faults());
        Assert.Equal(["HeadMismatch c 4"], log.Faults(anchor));

        var keyed = ChainedLog.OfThreeWriters(new EventChain(new byte[32]));
        keyed.Rows[last] = keyed.Rows[last] with { Facts = keyed.Rows[last].Facts with { Type = "forged" } };
        keyed.Rehash("c", Keyless);
        Assert.NotEmpty(keyed.Faults());
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Line2_EverythingPutBackToAnEarlierState_IsFoundByAnAnchor(DatabaseKind kind)
    {
        await using var template = await LogTemplate.CreateAsync(databases, kind, isKeyed: true);

        var (found, anchored) = await ReplaceAsync(template, "old");

        Assert.Empty(found.Faults);
        Assert.Contains(EventLogFaultKind.MissingWriter, anchored.Faults.Select(static fault => fault.Kind));
        Assert.Contains("The cost records end with 2, but an anchor knows of 5.", anchored.Faults.Select(static fault => fault.Description));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Line2_AnotherLogOfTheSameKeyInItsPlace_IsFoundByAnAnchor(DatabaseKind kind)
    {
        await using var template = await LogTemplate.CreateAsync(databases, kind, isKeyed: true);

        var (found, anchored) = await ReplaceAsync(template, "other");

        Assert.Empty(found.Faults);
        Assert.Contains(EventLogFaultKind.MissingWriter, anchored.Faults.Select(static fault => fault.Kind));
        Assert.Contains(EventLogFaultKind.CostMismatch, anchored.Faults.Select(static fault => fault.Kind));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Line3_EventsOfDifferentWritersInAnotherOrder_AreNotFound(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenLog().AppendAsync([EventSamples.Event(1)], Stop);
        await database.OpenLog().AppendAsync([EventSamples.Event(2)], Stop);
        await database.DropRulesAsync(Stop);

        await database.ExecuteAsync("UPDATE aiobs_events SET position = 3 WHERE position = 1", Stop);

        var log = database.OpenLog();
        Assert.Empty((await log.VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.Equal([2, 1], await log.ReadAsync(EventQuery.All, Stop).Select(static logged => EventSamples.NumberOf(logged.Event.Id)).ToListAsync(Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Line4_RulesTakenAwayAlone_AreNotFound(DatabaseKind kind)
    {
        await using var template = await LogTemplate.CreateAsync(databases, kind, isKeyed: true);
        var copy = await template.CopyAsync();
        await copy.DropRulesAsync(Stop);
        var log = copy.OpenLog(template.Options);

        Assert.Empty((await log.VerifyAsync(template.Anchors, Stop)).Faults);
        var reading = await LogReading.OfAsync(log, copy.OpenCosts(options: template.Options), Stop);
        Assert.Equal(LogReading.Change.None, reading.ChangeFrom(template.Reading, template.Old, template.Other));
        await template.DropAsync(copy);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Line5_CostsOfTheFirstReleaseChangedBeforeTheirFirstUse_AreCountedAsUnsealed(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        var options = new EventLogOptions { HmacKey = FirstRelease.Key };
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("UPDATE aiobs_costs SET model = 'forged' WHERE position = 1", Stop);
        var before = await database.OpenCosts(options: options).CountAsync(CostQuery.All, Stop);

        var found = await database.OpenLog(options).VerifyAsync(cancellationToken: Stop);

        Assert.Empty(found.Faults);
        Assert.Equal((before, before), (found.CostCount, found.UnsealedCostCount));
    }

    [Fact]
    public void Line6_ContentErasedInThePlaceOfDroppedOnesOfTheFirstRelease_IsNotFound()
    {
        var log = new ChainedLog(Keyless, isOfFirstRelease: true);
        log.Open("a");
        log.Append("a", EventSamples.Said(1));
        log.Append("a", EventSamples.Said(2));
        log.Append("a", EventSamples.Said(3));
        log.Erase("a", 0, 1);
        var erasure = log.Rows[0].Content!.ErasedBy!.Value;
        log.Drop(2);
        Assert.Empty(log.Faults());

        log.Rows[0] = log.Rows[0] with { Content = EventContent.Erased(erasure) };

        Assert.Empty(log.Faults());
    }

    [Fact]
    public void Line6_CheckpointBesideARetentionOfTheFirstRelease_IsFoundByTheKeyAlone()
    {
        Assert.Empty(Forge(Keyless).Faults());
        Assert.Equal(["HeadMismatch a 2"], Forge(new EventChain(new byte[32])).Faults());

        static ChainedLog Forge(EventChain chain)
        {
            var log = new ChainedLog(chain, isOfFirstRelease: true);
            log.Open("a");
            log.Append("a");
            log.Append("a");
            log.Append("a");
            log.Drop(1);
            log.Checkpoints[0] = Keyless.Checkpoint(log: null, log.Rows[0].Place);
            log.Rows.RemoveAt(0);
            return log;
        }
    }

    /// <summary>Puts other tables in the place of all, and verifies without and with anchors.</summary>
    private static async Task<(EventLogVerification Found, EventLogVerification Anchored)> ReplaceAsync(LogTemplate template, string prefix)
    {
        var copy = await template.CopyAsync();
        await copy.DropRulesAsync(Stop);
        await copy.ExecuteAsync(
            string.Concat(LogTemplate.Tables.Select(table => $"DELETE FROM {table}; INSERT INTO {table} ({ColumnsOf(table)}) SELECT {ColumnsOf(table)} FROM {prefix}_{table};")), Stop);
        var log = copy.OpenLog(template.Options);
        var found = (await log.VerifyAsync(cancellationToken: Stop), await log.VerifyAsync(template.Anchors, Stop));
        await template.DropAsync(copy);
        return found;

        // By name, as what is computed from the others cannot be written.
        static string ColumnsOf(string table) => string.Join(", ", ForgeryGenerator.Columns[table]);
    }
}
