using AiObs.Events.Log;
using AiObs.Events.Log.Chain;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Tests.Events.Log.Chain;

public sealed class EventChainTests
{
    private static readonly EventFacts Facts = EventIntake.Prepare(EventSamples.Full(1) with { Content = null }).Facts;

    [Theory]
    [InlineData(false, "GENESIS", "EVENT", "SEAL", "CHECKPOINT")]
    [InlineData(true, "KEYED-GENESIS", "KEYED-EVENT", "KEYED-SEAL", "KEYED-CHECKPOINT")]
    public void Hashes_OfKnownEvents_NeverChange(bool isKeyed, string genesis, string first, string seal, string checkpoint)
    {
        var chain = new EventChain(isKeyed ? [.. Enumerable.Range(0, 32).Select(static value => (byte)value)] : null);
        var writer = chain.Open("writer", EventSamples.Start, new ChainHead("before", 7, new byte[32]));

        var head = chain.Append(writer.Head, Facts with { Commitment = new byte[32] });

        Assert.Equal(genesis, writer.Head.HashText);
        Assert.Equal(first, head.HashText);
        Assert.Equal(seal, Convert.ToHexStringLower(chain.Advance(writer, head).Seal));
        Assert.Equal(checkpoint, Convert.ToHexStringLower(chain.Checkpoint(head).Seal));
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
        var options = new EventLogOptions { HmacKey = new byte[32] };
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
