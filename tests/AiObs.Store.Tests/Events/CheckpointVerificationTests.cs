using AiObs.Store.Events;

namespace AiObs.Store.Tests.Events;

public sealed class CheckpointVerificationTests
{
    private static readonly EventChain Keyless = new();
    private static readonly EventChain Keyed = new(new byte[32]);

    [Fact]
    public void Finish_OldestDropped_IsIntactAndCountsThem()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(5);

        var verification = log.Verify();

        Assert.Empty(verification.Faults);
        Assert.Equal(8, verification.EventCount);
        Assert.Equal(5, verification.DroppedCount);
        Assert.Equal(log.Writers.Select(static writer => writer.Head.ToAnchor()), verification.Anchors);
    }

    [Fact]
    public void Finish_EverythingDropped_IsIntact()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(12);

        Assert.Empty(log.Faults());
        Assert.Equal(3, log.Verify().WriterCount);
    }

    [Fact]
    public void Finish_AnchorsOfWhatWasDropped_AreNoFault()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchors = log.Rows.Select(static row => row.Place.ToAnchor()).ToArray();
        log.Drop(5);

        Assert.Empty(log.Faults(anchors));
    }

    [Fact]
    public void Finish_AnchorThatDisagreesWithTheCheckpoint_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchor = log.Rows[log.IndexOf("a", 2)].Place.ToAnchor() with { HeadHash = new string('0', 64) };
        log.Drop(4);

        Assert.Equal(["HeadMismatch a 2"], log.Faults(anchor));
    }

    [Fact]
    public void Finish_MoreDroppedThanTheCheckpointSays_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(5);
        log.Rows.RemoveAt(log.IndexOf("a", 3));

        Assert.Equal(["MissingEvent a 3"], log.Faults());
    }

    [Fact]
    public void Finish_CheckpointDeleted_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(5);
        log.Checkpoints.RemoveAt(0);

        Assert.Equal(["MissingEvent a 1", "HeadMismatch c 5"], log.Faults());
    }

    [Fact]
    public void Finish_EventBelowTheCheckpoint_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var kept = log.Rows[log.IndexOf("a", 1)];
        log.Drop(5);
        log.Rows.Insert(0, kept);

        Assert.Equal(["BrokenLink a 1"], log.Faults());
    }

    [Fact]
    public void Finish_CheckpointBeyondTheWritersRow_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(12);
        log.Checkpoints[0] = Keyless.Checkpoint(log.Id, log.Checkpoints[0].Head with { Count = 9 });

        Assert.Equal(["HeadMismatch a 9", "HeadMismatch c 5"], log.Faults());
    }

    [Fact]
    public void Finish_CheckpointOfNobody_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Checkpoints.Add(Keyless.Checkpoint(log.Id, new ChainHead("d", 2, new byte[32])));

        Assert.Equal(["MissingWriter d", "HeadMismatch d 2"], log.Faults());
    }

    [Fact]
    public void Finish_CheckpointMadeByWhoHasNoKey_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Drop(1);
        var next = log.IndexOf("a", 2);
        log.Checkpoints[0] = Keyless.Checkpoint(log.Id, log.Rows[next].Place);
        log.Rows.RemoveAt(next);

        Assert.Equal(["HeadMismatch a 2", "HeadMismatch c 5"], log.Faults());
    }

    [Fact]
    public void Finish_CheckpointMadeInALogWithoutKey_IsNotWhatTheRetentionTells()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        log.Drop(1);
        var next = log.IndexOf("a", 2);
        log.Checkpoints[0] = Keyless.Checkpoint(log.Id, log.Rows[next].Place);
        log.Rows.RemoveAt(next);

        var fault = Assert.Single(log.Verify().Faults);
        Assert.Equal(
            (EventLogFaultKind.HeadMismatch, "c", 5, "The checkpoints are not those that event 5, a retention_applied, tells of."),
            (fault.Kind, fault.Writer, fault.Sequence, fault.Description));
    }

    [Fact]
    public void Finish_LogEmptiedBehindCheckpointsOfNoRetention_IsFoundWithoutKey()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchors = log.Verify().Anchors.ToArray();
        log.Checkpoints.AddRange(log.Writers.Select(writer => Keyless.Checkpoint(log.Id, writer.Head)));
        log.Rows.Clear();

        Assert.Equal(["HeadMismatch a 4", "HeadMismatch b 4", "HeadMismatch c 4"], log.Faults(anchors));
        Assert.Equal("A checkpoint says that 4 events were dropped, but no retention_applied tells of it.", log.Verify(anchors).Faults[0].Description);
    }

    [Fact]
    public void Finish_DroppedTwice_NeedsTheNewerRetentionAlone()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Drop(5);
        log.Drop(log.Rows.Count - 1);

        Assert.Empty(log.Faults());
        Assert.Equal(12, log.Verify().DroppedCount);
    }
}
