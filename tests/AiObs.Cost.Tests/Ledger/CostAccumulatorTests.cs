using AiObs.Cost.Ledger;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Ledger;

public sealed class CostAccumulatorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void Constructor_CapacityOutOfRange_Throws(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostAccumulator(capacity));

    [Fact]
    public void Read_NothingAdded_IsZeroWithoutRows()
    {
        var totals = new CostAccumulator().Read();

        Assert.Equal(CostSum.Zero, totals.Total);
        Assert.All(CostKeys.Groupings, grouping => Assert.Empty(totals.By(grouping)));
    }

    [Fact]
    public void Add_CallOfAUser_CountsToEveryGrouping()
    {
        var accumulator = new CostAccumulator();
        var call = CostSamples.Call(1, 0.5m) with
        {
            UserId = "ada",
            ConversationId = "c1",
            SessionId = "s1",
            Provider = "openai",
            ResponseModel = "large",
            AgentName = "planner",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            Tags = ["red", "blue", "red"],
        };

        accumulator.Add(call);

        var totals = accumulator.Read();
        var sum = CostSum.Of(call);
        Assert.Equal(sum, totals.Total);
        Assert.Equal([new("ada", sum)], totals.By(CostGrouping.User));
        Assert.Equal([new("c1", sum)], totals.By(CostGrouping.Conversation));
        Assert.Equal([new("s1", sum)], totals.By(CostGrouping.Session));
        Assert.Equal([new("openai", sum)], totals.By(CostGrouping.Provider));
        Assert.Equal([new("large", sum)], totals.By(CostGrouping.Model));
        Assert.Equal([new("blue", sum), new("red", sum)], totals.By(CostGrouping.Tag));
        Assert.Equal([new("2026-01-31", sum)], totals.By(CostGrouping.Day));
        Assert.Equal([new("planner", sum)], totals.By(CostGrouping.Agent));
        Assert.Throws<ArgumentOutOfRangeException>(() => totals.By(CostGrouping.Trace));
    }

    [Fact]
    public void Add_CallsThatDifferInOneValue_KeepsThemApart()
    {
        var accumulator = new CostAccumulator();
        var call = CostSamples.Call(1, 1) with { UserId = "u", ConversationId = "c", SessionId = "s", Provider = "p", RequestModel = "m", AgentName = "a", Tags = ["t"] };
        foreach (var other in new[]
        {
            call,
            call with { UserId = "x" },
            call with { ConversationId = "x" },
            call with { SessionId = "x" },
            call with { Provider = "x" },
            call with { ResponseModel = "x" },
            call with { AgentName = "x" },
            call with { Tags = ["x"] },
            call with { Time = call.Time.AddDays(1) },
        })
        {
            accumulator.Add(other);
        }

        var totals = accumulator.Read();

        Assert.Equal(9, totals.Total.Total);
        Assert.All(CostKeys.Groupings, grouping => Assert.Equal([8m, 1m], totals.By(grouping).Select(static row => row.Sum.Total)));
    }

    [Fact]
    public void Add_Correction_ChangesTheAmountAndNotTheCalls()
    {
        var accumulator = new CostAccumulator();
        var call = CostSamples.Call(1, total: null) with { UserId = "ada" };

        accumulator.Add(call);
        Assert.Equal(1, accumulator.Total.UnpricedCount);
        accumulator.Add(CostSamples.Correction(2, call, 0.25m));

        Assert.Equal(
            new CostSum { Total = 0.25m, RecordCount = 2, CallCount = 1, InputTokens = 100, OutputTokens = 10 },
            accumulator.Find(CostGrouping.User, "ada"));
    }

    [Fact]
    public void Find_KeyThatNeverCame_IsNull()
    {
        var accumulator = new CostAccumulator();
        accumulator.Add(CostSamples.Call(1) with { UserId = "ada" });

        Assert.Null(accumulator.Find(CostGrouping.User, "Ada"));
        Assert.Null(accumulator.Find(CostGrouping.User, null));
        Assert.NotNull(accumulator.Find(CostGrouping.Conversation, null));
    }

    [Fact]
    public void FindAndBy_NoSuchGrouping_Throw()
    {
        var accumulator = new CostAccumulator();

        Assert.Throws<ArgumentOutOfRangeException>(() => accumulator.Find(CostGrouping.Trace, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => accumulator.Read().By((CostGrouping)(-1)));
    }

    [Fact]
    public void Read_Snapshot_StaysAsItWas()
    {
        var accumulator = new CostAccumulator();
        accumulator.Add(CostSamples.Call(1, 1) with { UserId = "ada" });
        var before = accumulator.Read();

        accumulator.Add(CostSamples.Call(2, 1) with { UserId = "ada" });
        accumulator.Add(CostSamples.Call(3, 1) with { UserId = "bob" });

        Assert.Equal(1, before.Total.Total);
        Assert.Equal(1, Assert.Single(before.By(CostGrouping.User)).Sum.Total);
        Assert.Equal(3, accumulator.Total.Total);
    }

    [Fact]
    public void Add_MoreKeysThanItHolds_RollsTheLeastRecentIntoTheRest()
    {
        var accumulator = new CostAccumulator(capacity: 2);
        accumulator.Add(CostSamples.Call(1, 1) with { UserId = "ada" });
        accumulator.Add(CostSamples.Call(2, 2) with { UserId = "bob" });
        accumulator.Add(CostSamples.Call(3, 4) with { UserId = "ada" });
        accumulator.Add(CostSamples.Call(4, 8) with { UserId = "cyd" });
        accumulator.Add(CostSamples.Call(5, 16));

        var totals = accumulator.Read();

        Assert.Equal(
            [(null, 16m, false), ("cyd", 8m, false), ("ada", 5m, false), (null, 2m, true)],
            totals.By(CostGrouping.User).Select(static row => (row.Key, row.Sum.Total, row.IsOther)));
        Assert.Equal(1, totals.RolledCount);
        Assert.Null(accumulator.Find(CostGrouping.User, "bob"));
    }

    [Fact]
    public void Add_KeyThatRolledIntoTheRest_StartsAtZeroAgain()
    {
        var accumulator = new CostAccumulator(capacity: 1);
        accumulator.Add(CostSamples.Call(1, 1) with { UserId = "ada" });
        accumulator.Add(CostSamples.Call(2, 2) with { UserId = "bob" });
        Assert.Null(accumulator.Find(CostGrouping.User, "ada"));

        accumulator.Add(CostSamples.Call(3, 4) with { UserId = "ada" });

        Assert.Equal(4, accumulator.Find(CostGrouping.User, "ada")!.Total);
        Assert.Equal(7, accumulator.Total.Total);
    }

    [Fact]
    public void Add_ThousandsOfKeysThatNobodyReads_KeepsAllAmounts()
    {
        var accumulator = new CostAccumulator(capacity: 10);
        for (var number = 0; number < 10_000; number++)
        {
            accumulator.Add(CostSamples.Call(number, 0.1m) with { UserId = $"user {number}", ConversationId = $"conversation {number}" });
        }

        var totals = accumulator.Read();

        Assert.Equal(1_000m, totals.Total.Total);
        Assert.All(CostKeys.Groupings, grouping => Assert.Equal(1_000m, totals.By(grouping).Sum(static row => row.Sum.Total)));
        Assert.Equal(11, totals.By(CostGrouping.User).Count);
        Assert.Equal(9_990, totals.By(CostGrouping.User)[^1].Sum.CallCount);
        Assert.Equal(19_980, totals.RolledCount);
    }

    [Fact]
    public void Add_KeysThatWereSeen_AllocatesOneSum()
    {
        var accumulator = new CostAccumulator();
        var call = CostSamples.Call(1) with { UserId = "ada", Tags = ["a", "b"] };

        Assert.InRange(AllocationMeter.BytesPerRun(() => accumulator.Add(call)), 1, 96);
    }
}
