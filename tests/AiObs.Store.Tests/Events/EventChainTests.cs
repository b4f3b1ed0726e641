using AiObs.Store.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Events;

public sealed class EventChainTests
{
    private static readonly EventFacts Facts = EventIntake.Prepare(EventSamples.Full(1) with { Content = null }).Facts;

    /// <summary>Those of a log of 0.1.0, whose chains know no log.</summary>
    [Theory]
    [InlineData(
        false,
        "13894b25645c0c38ac9f6afb3ca428dcd0f1d2df551bd6e9ab96ea6fd05a05a5",
        "18c5f2db167e9db9c2ace69b55566eb2694b82060159da812717ef2ba521762d",
        "45ab9ebd38073638f44bdd60cc88d54cebf736635bd0a1d8c2cddd870a133e1f",
        "6f3e494c02cf48c3ff2b005621a971b47a76d0235fb689cd4e7ec1ca9fc0d29e")]
    [InlineData(
        true,
        "7efa6ad353434d4c37437c7c061e2b6e5a486faad65740f9fc3b9244106682bc",
        "35d65914534986bbbd46472b34ddee6ba70c3b631059678fb82b2300c74569ce",
        "8a854c6b352044708e051dc1bbf73cd2e0edf213f2131fd5a06af3de56abf0c6",
        "45b5e38e6ecb9c5b003b0d107f4771467d1e72bd2ceaa576181e00b924381489")]
    public void Hashes_OfKnownEventsOfTheFirstRelease_NeverChange(bool isKeyed, string genesis, string first, string seal, string checkpoint)
    {
        var chain = new EventChain(isKeyed ? [.. Enumerable.Range(0, 32).Select(static value => (byte)value)] : null);
        var writer = chain.Open(log: null, "writer", EventSamples.Start, new ChainHead("before", 7, new byte[32]));

        var head = chain.Append(writer.Head, Facts with { Commitment = new byte[32] });

        Assert.Equal(genesis, writer.Head.HashText);
        Assert.Equal(first, head.HashText);
        Assert.Equal(seal, Convert.ToHexStringLower(chain.Advance(writer, head).Seal));
        Assert.Equal(checkpoint, Convert.ToHexStringLower(chain.Checkpoint(log: null, head).Seal));
    }

    [Fact]
    public void Append_SameTextInAnotherField_GivesAnotherHash()
    {
        var chain = new EventChain();
        var head = new ChainHead("writer", 0, new byte[32]);
        var bare = new EventFacts { Id = Guid.Empty, Ticks = 0, Type = "", Data = "{}" };

        EventFacts[] variants =
        [
            bare,
            bare with { Type = "x" },
            bare with { ConversationId = "x" },
            bare with { UserId = "x" },
            bare with { SessionId = "x" },
            bare with { TraceId = "x" },
            bare with { SpanId = "x" },
            bare with { ConversationId = "" },
            bare with { UserId = "" },
            bare with { Data = "x" },
            bare with { Commitment = [] },
            bare with { Commitment = new byte[32] },
        ];

        Assert.Equal(variants.Length, variants.Select(facts => chain.Append(head, facts).HashText).Distinct().Count());
    }

    [Fact]
    public void Append_OtherPlace_GivesAnotherHash()
    {
        var chain = new EventChain();
        ChainHead[] places =
        [
            new("writer", 0, new byte[32]), new("writer", 1, new byte[32]), new("other", 0, new byte[32]), new("writer", 0, [.. new byte[31], 1]),
        ];

        Assert.Equal(places.Length, places.Select(place => chain.Append(place, Facts).HashText).Distinct().Count());
    }

    [Fact]
    public void For_KeyChangedAfterwards_KeepsItsOwn()
    {
        var options = new EventLogOptions { HmacKey = [.. new byte[31], 1] };
        var chain = EventChain.For(options);
        var before = chain.Append(new ChainHead("writer", 0, new byte[32]), Facts).HashText;

        options.HmacKey[0] = 1;

        Assert.Equal(before, chain.Append(new ChainHead("writer", 0, new byte[32]), Facts).HashText);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_Event_AllocatesTheHeadAlone(bool isKeyed)
    {
        var chain = new EventChain(isKeyed ? new byte[32] : null);
        var head = new ChainHead("writer", 0, new byte[32]);

        var allocated = AllocationMeter.BytesPerRun(() => chain.Append(head, Facts));

        Assert.InRange(allocated, 0, 120);
    }

    [Fact]
    public void Commitment_SameContentTwice_IsAnotherEachTime()
    {
        var first = EventIntake.Prepare(EventSamples.Said(1));
        var second = EventIntake.Prepare(EventSamples.Said(1));

        Assert.NotEqual(first.Facts.Commitment, second.Facts.Commitment);
        Assert.True(ContentCommitment.Holds(first.Facts.Commitment, first.Content!));
        Assert.False(ContentCommitment.Holds(first.Facts.Commitment, second.Content!));
    }
}
