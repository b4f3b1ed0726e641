using AiObs.Cost;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    private static CostRecord FullCall(int number) => CostSamples.Call(number) with
    {
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        Provider = "provider",
        RequestModel = "model",
        TraceId = "trace",
        Tags = ["tag", "other tag"],
    };

    private static CostQuery FullQuery => new()
    {
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        Provider = "provider",
        Model = "model",
        TraceId = "trace",
        TraceIds = ["other", "trace"],
        Tag = "tag",
        After = CostSamples.Start,
        Before = CostSamples.Start.AddHours(1),
    };

    private static CostQuery QueryBy(string filter, string value) => filter switch
    {
        "conversation" => new() { ConversationId = value },
        "user" => new() { UserId = value },
        "session" => new() { SessionId = value },
        "provider" => new() { Provider = value },
        "model" => new() { Model = value },
        "trace" => new() { TraceId = value },
        _ => new() { Tag = value },
    };

    [Theory]
    [InlineData("conversation")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("provider")]
    [InlineData("model")]
    [InlineData("trace")]
    [InlineData("tag")]
    public async Task Filter_Alone_LetsThroughWhatHasThatValue(string filter)
    {
        var store = await CreateStoreAsync(FullCall(1), CostSamples.Call(2), FullCall(3));

        await AssertFoundAsync(store, QueryBy(filter, filter), 1, 3);
        await AssertFoundAsync(store, QueryBy(filter, filter.ToUpperInvariant()));
        await AssertFoundAsync(store, QueryBy(filter, filter[..^1]));
        await AssertFoundAsync(store, QueryBy(filter, "%"));
    }

    [Fact]
    public async Task Filter_ByModel_MeansTheOneThatAnswered()
    {
        var store = await CreateStoreAsync(
            CostSamples.Call(1) with { RequestModel = "asked", ResponseModel = "answered" },
            CostSamples.Call(2) with { RequestModel = "asked" });

        await AssertFoundAsync(store, new() { Model = "answered" }, 1);
        await AssertFoundAsync(store, new() { Model = "asked" }, 2);
    }

    [Fact]
    public async Task Filter_ByTraces_FindsThoseOfEach()
    {
        var store = await CreateStoreAsync(
            CostSamples.Call(1) with { TraceId = "t1" },
            CostSamples.Call(2) with { TraceId = "t2" },
            CostSamples.Call(3),
            CostSamples.Call(4) with { TraceId = "t\"3" },
            CostSamples.Call(5) with { TraceId = "t1" });

        await AssertFoundAsync(store, new() { TraceIds = ["t\"3", "none", "t1"] }, 1, 4, 5);
        await AssertFoundAsync(store, new() { TraceIds = ["t1"], TraceId = "t2" });
        await AssertFoundAsync(store, new() { TraceIds = [] });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(CostQuery.TraceIds), static () => new CostQuery { TraceIds = new string[1_001] });
    }

    [Fact]
    public async Task Filter_ByTag_FindsItAmongOthers()
    {
        var store = await CreateStoreAsync(
            CostSamples.Call(1) with { Tags = ["red", "green"] },
            CostSamples.Call(2) with { Tags = ["green"] },
            CostSamples.Call(3) with { Tags = ["red green"] });

        await AssertFoundAsync(store, new() { Tag = "green" }, 1, 2);
        await AssertFoundAsync(store, new() { Tag = "red" }, 1);
    }

    [Fact]
    public async Task Filter_ByTime_IncludesBothEnds()
    {
        var store = await CreateStoreAsync(Enumerable.Range(1, 5).Select(static number => CostSamples.Call(number)));
        var second = CostSamples.Call(2).Time;
        var fourth = CostSamples.Call(4).Time;

        await AssertFoundAsync(store, new() { After = fourth }, 4, 5);
        await AssertFoundAsync(store, new() { Before = second }, 1, 2);
        await AssertFoundAsync(store, new() { After = second, Before = fourth }, 2, 3, 4);
        await AssertFoundAsync(store, new() { After = second.AddTicks(1), Before = fourth.AddTicks(-1) }, 3);
        await AssertFoundAsync(store, new() { After = fourth, Before = second });
    }

    [Fact]
    public async Task Filter_ByTimeOfAnotherOffset_MeansTheInstant()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1), CostSamples.Call(2));

        await AssertFoundAsync(store, new() { Before = CostSamples.Call(1).Time.ToOffset(TimeSpan.FromHours(-11)) }, 1);
    }

    [Fact]
    public async Task Filter_AllTogether_MustAllHold()
    {
        var store = await CreateStoreAsync(
            FullCall(1),
            FullCall(2) with { ConversationId = "x" },
            FullCall(3) with { UserId = "x" },
            FullCall(4) with { SessionId = null },
            FullCall(5) with { Provider = "x" },
            FullCall(6) with { ResponseModel = "x" },
            FullCall(7) with { Tags = ["other tag"] },
            FullCall(8) with { Time = CostSamples.Start.AddTicks(-1) },
            FullCall(9) with { Time = CostSamples.Start.AddHours(2) },
            FullCall(10),
            FullCall(11) with { TraceId = "other" });

        await AssertFoundAsync(store, FullQuery, 1, 10);
    }

    private static async Task AssertFoundAsync(ICostStore store, CostQuery query, params int[] numbers)
    {
        Assert.Equal(numbers, await NumbersAsync(store, query));
        Assert.Equal(numbers.Reverse(), await NumbersAsync(store, query with { Order = PageOrder.NewestFirst }));
        Assert.Equal(numbers.Length, await store.CountAsync(query, Stop));
        Assert.Equal(0.25m * numbers.Length, (await store.SumAsync(query, Stop)).Total);
    }
}
