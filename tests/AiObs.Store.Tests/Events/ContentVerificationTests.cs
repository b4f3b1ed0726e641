using AiObs.Store.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public sealed class ContentVerificationTests
{
    private readonly ChainedLog _log = new(new EventChain());

    public ContentVerificationTests()
    {
        _log.Open("a");
        _log.Append("a", EventSamples.Said(1));
        _log.Append("a", EventSamples.Event(2));
        _log.Append("a", EventSamples.Said(3));
    }

    [Fact]
    public void Finish_ContentErased_IsIntact()
    {
        _log.Erase("a", 0, 2);

        Assert.Empty(_log.Faults());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("salt")]
    [InlineData("no text")]
    [InlineData("no salt")]
    [InlineData("gone")]
    [InlineData("marked")]
    public void Finish_ContentChangedOrRemoved_IsFound(string how)
    {
        var content = _log.Rows[2].Content!;
        _log.Rows[2] = _log.Rows[2] with
        {
            Content = how switch
            {
                "text" => content with { Text = "\"other\"" },
                "salt" => content with { Salt = new byte[32] },
                "no text" => content with { Text = null },
                "no salt" => content with { Salt = null },
                "gone" => null,
                _ => EventContent.Erased(Guid.NewGuid()),
            },
        };

        Assert.Equal(["ContentMismatch a 3"], _log.Faults());
    }

    [Fact]
    public void Finish_ContentAdded_IsFound()
    {
        _log.Rows[1] = _log.Rows[1] with { Content = _log.Rows[0].Content };

        Assert.Equal(["ContentMismatch a 2"], _log.Faults());
    }

    [Fact]
    public void Finish_CommitmentExchangedWithContent_BreaksTheChain()
    {
        var (facts, content) = EventIntake.Prepare(EventSamples.Said(3, "\"other\""));
        _log.Rows[2] = _log.Rows[2] with { Facts = facts, Content = content };

        Assert.Equal(["BrokenLink a 3"], _log.Faults());
    }

    [Fact]
    public void Finish_MoreErasedThanTheLogTells_IsFound()
    {
        _log.Erase("a", 0);
        _log.Rows[2] = _log.Rows[2] with { Content = EventContent.Erased(_log.Rows[0].Content!.ErasedBy!.Value) };

        var fault = Assert.Single(_log.Verify().Faults);
        Assert.StartsWith("The content of event 3 is marked as erased by ", fault.Description, StringComparison.Ordinal);
        Assert.EndsWith(", which did not ask for it.", fault.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_ErasedContentPutBack_IsFound()
    {
        var kept = _log.Rows[0];
        _log.Erase("a", 0, 2);
        _log.Rows[0] = kept;

        var fault = Assert.Single(_log.Verify().Faults);
        Assert.EndsWith(" has content again that was erased.", fault.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_FewerErasedThanTheLogTells_IsFound()
    {
        var id = Guid.NewGuid();
        _log.Rows[0] = _log.Rows[0] with { Content = EventContent.Erased(id) };
        _log.Append("a", LogEvents.ContentErased(_log.Id, id, EventSamples.Start, EventQuery.All, "asked to", 2, [("a", 1)]));

        var fault = Assert.Single(_log.Verify().Faults);
        Assert.Equal(("ContentMismatch", 4, $"The log tells of 2 events erased by {id}, but 1 are marked so."), (fault.Kind.ToString(), fault.Sequence, fault.Description));
    }

    /// <summary>What retention has dropped is no room for more: the erasure says itself which events it took.</summary>
    [Fact]
    public void Finish_OtherContentErasedInThePlaceOfDroppedOnes_IsFound()
    {
        _log.Append("a", EventSamples.Full(4));
        _log.Append("a", EventSamples.Full(5) with { ConversationId = "other" });
        var id = Guid.NewGuid();
        _log.Rows[3] = _log.Rows[3] with { Content = EventContent.Erased(id) };
        _log.Append("a", LogEvents.ContentErased(_log.Id, id, EventSamples.Start, new EventQuery { ConversationId = "conversation" }, "asked to", 1, [("a", 4)]));
        _log.Drop(4);
        Assert.Empty(_log.Faults());

        _log.Rows[0] = _log.Rows[0] with { Content = EventContent.Erased(id) };

        Assert.Equal(["ContentMismatch a 5"], _log.Faults());
    }

    [Fact]
    public void Finish_ErasureMarkedButContentKept_IsFound()
    {
        _log.Erase("a", 0);
        _log.Rows[0] = _log.Rows[0] with { Content = _log.Rows[0].Content! with { Text = "\"secret\"" } };

        Assert.Equal(["ContentMismatch a 1"], _log.Faults());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"count\":\"9\"}")]
    public void Finish_DataOfTheErasureChanged_IsFoundWithoutFailing(string data)
    {
        _log.Erase("a", 0);
        _log.Rows[3] = _log.Rows[3] with { Facts = _log.Rows[3].Facts with { Data = data } };

        Assert.Equal(["BrokenLink a 4", "ContentMismatch a 1"], _log.Faults().Order());
    }

    [Fact]
    public void Finish_ErasedBeforeACheckpoint_IsIntact()
    {
        _log.Erase("a", 0, 2);
        _log.Drop(1);

        Assert.Empty(_log.Faults());
    }
}
