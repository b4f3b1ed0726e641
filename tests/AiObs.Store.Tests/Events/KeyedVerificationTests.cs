using AiObs.Store.Events;

namespace AiObs.Store.Tests.Events;

public sealed class KeyedVerificationTests
{
    private static readonly EventChain Keyless = new();
    private static readonly EventChain Keyed = new(new byte[32]);

    [Fact]
    public void Finish_WithItsKey_IsIntact()
    {
        var verification = ChainedLog.OfThreeWriters(Keyed).Verify();

        Assert.True(verification.IsIntact);
        Assert.True(verification.IsKeyed);
    }

    [Fact]
    public void Finish_WithoutItsKey_SaysSoAndTrustsNothing()
    {
        var verification = ChainedLog.OfThreeWriters(Keyed).VerifyWith(Keyless);

        Assert.Equal(["KeyMismatch a", "KeyMismatch b", "KeyMismatch c"], ChainedLog.Texts(verification));
        Assert.StartsWith("The hashes were made with a key; verify with it.", verification.Faults[0].Description, StringComparison.Ordinal);
        Assert.Empty(verification.Anchors);
    }

    [Fact]
    public void Finish_WithoutItsKey_StillFindsWhatIsMissing()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        log.Rows.RemoveAt(log.IndexOf("b", 2));

        Assert.Equal(["KeyMismatch a", "KeyMismatch b", "MissingEvent b 2", "KeyMismatch c"], ChainedLog.Texts(log.VerifyWith(Keyless)));
    }

    [Fact]
    public void Finish_WrittenWithoutAKeyAndVerifiedWithOne_SaysThatItProvesLess() => Assert.Equal(
        ["KeyMismatch a", "KeyMismatch b", "KeyMismatch c"],
        ChainedLog.Texts(ChainedLog.OfThreeWriters(Keyless).VerifyWith(Keyed)));

    [Fact]
    public void Finish_WithAnotherKey_FindsNothingThatFits() => Assert.Equal(
        ["HeadMismatch a 4", "BrokenLink a 1", "HeadMismatch b 4", "BrokenLink b 1", "HeadMismatch c 4", "BrokenLink c 1"],
        ChainedLog.Texts(ChainedLog.OfThreeWriters(Keyed).VerifyWith(new EventChain([.. Enumerable.Repeat((byte)1, 32)]))));

    [Fact]
    public void Finish_HashesMadeAnewByWhoHasNoKey_AreFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        Change(log);

        log.Rehash("b", Keyless);
        Assert.Equal(["KeyMismatch b", "HeadMismatch b 1"], log.Faults());

        var row = log.RowOf("b");
        log.Writers[row] = log.Writers[row] with { IsKeyed = true };
        Assert.Equal(["HeadMismatch b 4", "BrokenLink b 1"], log.Faults());
    }

    [Fact]
    public void Finish_HashesMadeAnewInALogWithoutKey_AreFoundByAnchorsAlone()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchor = log.Writers[log.RowOf("b")].Head.ToAnchor();
        Change(log);

        log.Rehash("b", Keyless);

        Assert.Empty(log.Faults());
        Assert.Equal(["HeadMismatch b 4"], log.Faults(anchor));
    }

    [Fact]
    public void Finish_HashesMadeAnewBeforeTheNextWriterOpened_AreFoundByThatWriter()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var first = log.IndexOf("b", 1);
        log.Rows[first] = log.Rows[first] with { Facts = log.Rows[first].Facts with { Type = "changed" } };

        log.Rehash("b", Keyless);

        Assert.Equal("The chain has another hash at event 1 than the start of writer c says.", Assert.Single(log.Verify().Faults).Description);
    }

    [Fact]
    public void Finish_TailCutAndRowAdjustedByWhoHasNoKey_IsFound()
    {
        var log = ChainedLog.OfThreeWriters(Keyed);
        CutTail(log, Keyless);
        log.Writers[^1] = log.Writers[^1] with { IsKeyed = true };

        Assert.Equal(["HeadMismatch c 3"], log.Faults());
    }

    [Fact]
    public void Finish_TailCutAndRowAdjustedInALogWithoutKey_IsFoundByAnchorsAlone()
    {
        var log = ChainedLog.OfThreeWriters(Keyless);
        var anchor = log.Writers[^1].Head.ToAnchor();
        CutTail(log, Keyless);

        Assert.Empty(log.Faults());
        Assert.Equal(["CutTail c 4"], log.Faults(anchor));
    }

    private static void Change(ChainedLog log)
    {
        var index = log.IndexOf("b", 3);
        log.Rows[index] = log.Rows[index] with { Facts = log.Rows[index].Facts with { Type = "changed" } };
    }

    private static void CutTail(ChainedLog log, EventChain attacker)
    {
        log.Rows.RemoveAt(log.IndexOf("c", 4));
        log.Writers[^1] = attacker.Advance(log.Writers[^1], log.Rows[log.IndexOf("c", 3)].Place);
    }
}
