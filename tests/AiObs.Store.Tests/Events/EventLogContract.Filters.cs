using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    private static EventQuery FullQuery => new()
    {
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        Type = "sample",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        After = EventSamples.Start,
        Before = EventSamples.Start.AddHours(1),
    };

    [Theory]
    [InlineData("conversation")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("type")]
    [InlineData("trace")]
    public async Task Filter_Alone_LetsThroughWhatHasExactlyThatValue(string filter)
    {
        var log = await CreateLogAsync();
        var values = new[] { "value", "Value", "value ", "val", "value2", "other" };
        foreach (var (number, value) in values.Index())
        {
            await log.AppendAsync([With(filter, number, value)], Stop);
        }

        await log.AppendAsync([EventSamples.Event(values.Length)], Stop);

        Assert.Equal([0], await NumbersAsync(log, QueryBy(filter, "value")));
        Assert.Equal(1, await log.CountAsync(QueryBy(filter, "value"), Stop));
        Assert.Empty(await ReadAsync(log, QueryBy(filter, "%")));
    }

    [Fact]
    public async Task Filter_After_IncludesItsTime()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        Assert.Equal([1, 2], await NumbersAsync(log, new EventQuery { After = EventSamples.Start.AddSeconds(1) }));
        Assert.Equal([2], await NumbersAsync(log, new EventQuery { After = EventSamples.Start.AddSeconds(1).AddTicks(1) }));
    }

    [Fact]
    public async Task Filter_Before_IncludesItsTime()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        Assert.Equal([0, 1], await NumbersAsync(log, new EventQuery { Before = EventSamples.Start.AddSeconds(1).ToOffset(TimeSpan.FromHours(3)) }));
        Assert.Equal([0], await NumbersAsync(log, new EventQuery { Before = EventSamples.Start.AddSeconds(1).AddTicks(-1) }));
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst)]
    [InlineData(PageOrder.NewestFirst)]
    public async Task Filter_AllTogether_LetsThroughWhatPassesEach(PageOrder order)
    {
        var full = EventSamples.Full(0);
        var log = await CreateLogAsync(
            full,
            EventSamples.Full(1) with { ConversationId = null },
            EventSamples.Full(2) with { UserId = "other" },
            EventSamples.Full(3) with { SessionId = null },
            EventSamples.Full(4) with { Type = "other" },
            EventSamples.Full(5) with { TraceId = null },
            EventSamples.Full(6) with { Time = EventSamples.Start.AddTicks(-1) },
            EventSamples.Full(7) with { Time = EventSamples.Start.AddHours(1).AddTicks(1) },
            EventSamples.Full(8));

        Assert.Equal(order == PageOrder.OldestFirst ? [0, 8] : [8, 0], await NumbersAsync(log, FullQuery with { Order = order, PageSize = 1 }));
        Assert.Equal(2, await log.CountAsync(FullQuery, Stop));
    }

    [Fact]
    public async Task Filter_BeforeEarlierThanAfter_LetsNothingThrough()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        Assert.Empty(await ReadAsync(log, new EventQuery { After = EventSamples.Start.AddSeconds(2), Before = EventSamples.Start }));
    }

    [Fact]
    public async Task CountAsync_PagingSet_CountsAllPages()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 5));

        Assert.Equal(5, await log.CountAsync(new EventQuery { PageSize = 2, Cursor = "none", Order = PageOrder.NewestFirst }, Stop));
    }

    [Fact]
    public async Task CountByTypeAsync_SeveralTypes_CountsEachThatOccurs()
    {
        var log = await CreateLogAsync(
            EventSamples.Full(0), EventSamples.Full(1) with { Type = "b" }, EventSamples.Full(2) with { Type = "B" }, EventSamples.Full(3), EventSamples.Event(4));

        Assert.Equal(
            new Dictionary<string, long> { ["sample"] = 2, ["b"] = 1, ["B"] = 1 },
            await log.CountByTypeAsync(new EventQuery { UserId = "user", PageSize = 1, Cursor = "none" }, Stop));
        Assert.Empty(await log.CountByTypeAsync(new EventQuery { UserId = "nobody" }, Stop));
    }

    private static EventQuery QueryBy(string filter, string value) => filter switch
    {
        "conversation" => new() { ConversationId = value },
        "user" => new() { UserId = value },
        "session" => new() { SessionId = value },
        "type" => new() { Type = value },
        _ => new() { TraceId = value },
    };

    private static AgentEvent With(string filter, int number, string value) => filter switch
    {
        "conversation" => EventSamples.Event(number) with { ConversationId = value },
        "user" => EventSamples.Event(number) with { UserId = value },
        "session" => EventSamples.Event(number) with { SessionId = value },
        "type" => EventSamples.Event(number) with { Type = value },
        _ => EventSamples.Event(number) with { TraceId = value },
    };
}
