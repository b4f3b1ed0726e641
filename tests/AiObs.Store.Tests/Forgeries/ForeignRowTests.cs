using AiObs.Store.Events;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>Each log has an id, from which its hashes start: rows of another one do not fit, though its key is the same.</summary>
public sealed class ForeignRowTests(DatabaseFixture databases)
{
    private static readonly EventChain Keyed = new(new byte[32]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task VerifyAsync_WriterOfAnotherLogWithAllItsEvents_IsFound(DatabaseKind kind)
    {
        await using var template = await LogTemplate.CreateAsync(databases, kind, isKeyed: true);
        var copy = await template.CopyAsync();
        await copy.DropRulesAsync(Stop);
        await copy.ExecuteAsync(
            """
            DELETE FROM aiobs_events WHERE id IN (SELECT id FROM other_aiobs_events);
            DELETE FROM aiobs_event_contents WHERE position NOT IN (SELECT position FROM aiobs_events);
            UPDATE other_aiobs_event_writers SET ordinal = ordinal + 100;
            UPDATE other_aiobs_events SET position = position + 100;
            UPDATE other_aiobs_event_contents SET position = position + 100;
            INSERT INTO aiobs_event_writers SELECT * FROM other_aiobs_event_writers;
            INSERT INTO aiobs_events SELECT * FROM other_aiobs_events;
            INSERT INTO aiobs_event_contents SELECT * FROM other_aiobs_event_contents;
            """.Replace("aiobs_event_writers SELECT", $"aiobs_event_writers {(kind == DatabaseKind.Sqlite ? "" : "OVERRIDING SYSTEM VALUE")} SELECT", StringComparison.Ordinal),
            Stop);
        var foreign = (string)(await copy.QueryAsync("SELECT writer FROM other_aiobs_event_writers", Stop))!;

        var found = await copy.OpenLog(template.Options).VerifyAsync(cancellationToken: Stop);

        Assert.Contains((EventLogFaultKind.HeadMismatch, foreign), found.Faults.Select(static fault => (fault.Kind, fault.Writer)));
        await template.DropAsync(copy);
    }

    [Fact]
    public void Finish_WriterOfAnotherLogAfterTheNewest_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        var other = new ChainedLog(Keyed);
        other.Writers.AddRange(log.Writers);
        other.Open("d");
        other.Append("d");
        log.Writers.Add(other.Writers[^1]);
        log.Rows.AddRange(other.Rows);

        var fault = Assert.Single(log.Verify().Faults, static fault => fault.Kind == EventLogFaultKind.HeadMismatch);
        Assert.Equal(("d", "The writer belongs to another log than the one before it."), (fault.Writer, fault.Description));
    }

    [Fact]
    public void Finish_WriterOfTheFirstReleaseAfterANewerOne_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Writers.Add(Keyed.Open(log: null, "d", EventSamples.Start, log.Writers[^1].Head));
        log.Append("d");

        var fault = Assert.Single(log.Verify().Faults, static fault => fault.Kind == EventLogFaultKind.HeadMismatch);
        Assert.Equal(("d", "The writer is one of 0.1.0, and stands after one that names its log."), (fault.Writer, fault.Description));
    }

    [Fact]
    public void Finish_WritersInAnotherOrder_AreFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Writers.Reverse();

        Assert.Equal("The writer names b as the one before it, but none stands there.", log.Verify().Faults[0].Description);
    }

    [Fact]
    public void Finish_TwoWritersAfterTheSameOne_AreFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Writers.Add(Keyed.Open(log.Id, "d", EventSamples.Start, log.Writers[1].Head));
        log.Append("d");

        Assert.Contains("The writer names b as the one before it, but c stands there.", log.Verify().Faults.Select(static fault => fault.Description));
    }
}
