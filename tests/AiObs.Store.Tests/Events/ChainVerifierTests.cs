using AiObs.Store.Events;

namespace AiObs.Store.Tests.Events;

public sealed class ChainVerifierTests
{
    private readonly ChainedLog _log = ChainedLog.OfThreeWriters(new EventChain());

    [Fact]
    public void Finish_LogAsItWasWritten_IsIntact()
    {
        var verification = _log.Verify();

        Assert.Empty(verification.Faults);
        Assert.False(verification.IsKeyed);
        Assert.Equal(12, verification.EventCount);
        Assert.Equal(3, verification.WriterCount);
        Assert.Equal(_log.Writers.Select(static writer => writer.Head.ToAnchor()), verification.Anchors);
    }

    [Fact]
    public void Finish_RowsOfOneWriterAfterTheOther_IsIntact()
    {
        var sorted = _log.Rows.OrderBy(static row => row.Place.Writer).ToList();
        _log.Rows.Clear();
        _log.Rows.AddRange(sorted);

        Assert.Empty(_log.Faults());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("time")]
    [InlineData("type")]
    [InlineData("conversation")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("trace")]
    [InlineData("span")]
    [InlineData("data")]
    [InlineData("to nothing")]
    [InlineData("to empty")]
    public void Finish_FieldChanged_FindsABrokenLink(string field)
    {
        var index = _log.IndexOf("b", 3);
        _log.Rows[index] = _log.Rows[index] with { Facts = Changed(_log.Rows[index].Facts, field) };

        Assert.Equal(["BrokenLink b 3"], _log.Faults());
    }

    [Fact]
    public void Finish_HashChanged_FindsBothLinksInOneFault()
    {
        var index = _log.IndexOf("b", 2);
        _log.Rows[index] = _log.Rows[index] with { Place = new ChainHead("b", 2, new byte[32]) };

        Assert.Equal(["BrokenLink b 2"], _log.Faults());
    }

    [Fact]
    public void Finish_EventDeleted_FindsTheGap()
    {
        _log.Rows.RemoveAt(_log.IndexOf("b", 2));

        var fault = Assert.Single(_log.Verify().Faults);
        Assert.Equal("Event 2 is missing.", fault.Description);
        Assert.Equal(["MissingEvent b 2"], _log.Faults());
    }

    [Fact]
    public void Finish_FirstEventsDeleted_FindsTheGap()
    {
        _log.Rows.RemoveAt(_log.IndexOf("b", 1));
        _log.Rows.RemoveAt(_log.IndexOf("b", 2));

        // What c knows of b is event 1, which is among the missing.
        var fault = Assert.Single(_log.Verify().Faults);
        Assert.Equal("Events 1 to 2 are missing.", fault.Description);
        Assert.Equal(["MissingEvent b 1"], _log.Faults());
    }

    [Fact]
    public void Finish_EventDeletedAndRestRenumbered_FindsABrokenLinkAndTheCut()
    {
        _log.Rows.RemoveAt(_log.IndexOf("b", 2));
        Renumber("b");

        Assert.Equal(["BrokenLink b 2", "CutTail b 4"], _log.Faults());
    }

    [Fact]
    public void Finish_EventInserted_FindsABrokenLink()
    {
        var index = _log.IndexOf("b", 2);
        _log.Rows.Insert(index, _log.Rows[_log.IndexOf("a", 3)] with { Place = _log.Rows[index].Place, Position = _log.Rows[index].Position });

        Assert.Equal(["BrokenLink b 2"], _log.Faults());
    }

    [Fact]
    public void Finish_EventsSwapped_FindsABrokenLink()
    {
        var first = _log.IndexOf("b", 2);
        var second = _log.IndexOf("b", 3);
        (_log.Rows[first], _log.Rows[second]) = (
            _log.Rows[second] with { Place = _log.Rows[first].Place }, _log.Rows[first] with { Place = _log.Rows[second].Place });

        Assert.Equal(["BrokenLink b 2"], _log.Faults());
    }

    [Fact]
    public void Finish_PositionsSwapped_FindsThatTheOrderIsAnother()
    {
        var first = _log.IndexOf("b", 2);
        var second = _log.IndexOf("b", 3);
        (_log.Rows[first], _log.Rows[second]) = (
            _log.Rows[first] with { Position = _log.Rows[second].Position }, _log.Rows[second] with { Position = _log.Rows[first].Position });

        Assert.Equal(["BrokenLink b 3"], _log.Faults());
    }

    [Fact]
    public void Finish_EventGivenToAnotherWriter_FindsBothChainsBroken()
    {
        var index = _log.IndexOf("b", 4);
        var moved = _log.Rows[index];
        _log.Rows.RemoveAt(index);
        _log.Rows.Add(moved with { Place = new ChainHead("c", 5, moved.Place.Hash), Position = 100 });

        Assert.Equal(["CutTail b 4", "BrokenLink c 5", "HeadMismatch c 5"], _log.Faults());
    }

    [Fact]
    public void Finish_TailCut_IsFound()
    {
        _log.Rows.RemoveAt(_log.IndexOf("c", 4));

        Assert.Equal(["CutTail c 4"], _log.Faults());
    }

    [Fact]
    public void Finish_EventAppendedBesideTheWriter_IsFound()
    {
        var last = _log.Rows[_log.IndexOf("c", 4)];
        _log.Rows.Add(last with { Place = new EventChain().Append(last.Place, last.Facts), Position = 100 });

        Assert.Equal(["HeadMismatch c 5"], _log.Faults());
    }

    [Fact]
    public void Finish_AllEventsOfAWriterDeleted_AreFound()
    {
        _log.Rows.RemoveAll(static row => row.Place.Writer == "b");

        Assert.Equal(["CutTail b 1"], _log.Faults());
    }

    [Fact]
    public void Finish_WritersRowDeleted_IsFound()
    {
        _log.Writers.RemoveAt(_log.RowOf("b"));

        Assert.Equal(["MissingWriter b"], _log.Faults());
    }

    [Fact]
    public void Finish_EarlierWriterDeletedAsAWhole_IsFoundByTheNextOne()
    {
        _log.Writers.RemoveAt(_log.RowOf("b"));
        _log.Rows.RemoveAll(static row => row.Place.Writer == "b");

        Assert.Equal("Writer b has no row, but the start of writer c names it.", Assert.Single(_log.Verify().Faults).Description);
    }

    [Fact]
    public void Finish_LastWriterDeletedAsAWhole_IsFoundByAnAnchorAlone()
    {
        var anchor = _log.Writers[^1].Head.ToAnchor();
        _log.Writers.RemoveAt(_log.RowOf("c"));
        _log.Rows.RemoveAll(static row => row.Place.Writer == "c");

        Assert.Empty(_log.Faults());
        Assert.Equal(["MissingWriter c"], _log.Faults(anchor));
    }

    [Fact]
    public void Finish_WritersRowChanged_IsFound()
    {
        var row = _log.RowOf("b");
        _log.Writers[row] = _log.Writers[row] with { OpenedTicks = 0 };

        Assert.Equal(["HeadMismatch b 4", "BrokenLink b 1"], _log.Faults());
    }

    [Fact]
    public void Finish_SeveralFaultsOfAKindInAChain_ReportsTheFirst()
    {
        foreach (var index in new[] { _log.IndexOf("b", 2), _log.IndexOf("b", 4), _log.IndexOf("c", 1) })
        {
            _log.Rows[index] = _log.Rows[index] with { Facts = _log.Rows[index].Facts with { Type = "changed" } };
        }

        Assert.Equal(["BrokenLink b 2", "BrokenLink c 1"], _log.Faults());
    }

    [Fact]
    public void Finish_OneChainBroken_GivesAnchorsOfTheOthers()
    {
        _log.Rows.RemoveAt(_log.IndexOf("b", 2));

        Assert.Equal(["a", "c"], _log.Verify().Anchors.Select(static anchor => anchor.Writer));
    }

    private void Renumber(string writer)
    {
        var next = 1;
        for (var i = 0; i < _log.Rows.Count; i++)
        {
            if (_log.Rows[i].Place.Writer == writer)
            {
                _log.Rows[i] = _log.Rows[i] with { Place = _log.Rows[i].Place with { Count = next++ } };
            }
        }
    }

    private static EventFacts Changed(EventFacts facts, string field) => field switch
    {
        "id" => facts with { Id = Guid.NewGuid() },
        "time" => facts with { Ticks = facts.Ticks + 1 },
        "type" => facts with { Type = "sampled" },
        "conversation" => facts with { ConversationId = "other" },
        "user" => facts with { UserId = "other" },
        "session" => facts with { SessionId = "other" },
        "trace" => facts with { TraceId = "other" },
        "span" => facts with { SpanId = "other" },
        "data" => facts with { Data = "{\"number\": 8}" },
        "to nothing" => facts with { UserId = null },
        _ => facts with { SpanId = "" },
    };
}
