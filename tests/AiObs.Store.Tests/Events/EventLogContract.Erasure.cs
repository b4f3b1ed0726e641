using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task EraseContentAsync_SomeEvents_TakesTheirContentAndLeavesTheRest()
    {
        var log = await CreateLogAsync(EventSamples.Full(1), EventSamples.Said(2), EventSamples.Full(3) with { Content = null });

        Assert.Equal(1, (await log.EraseContentAsync(new EventQuery { UserId = "user", PageSize = 1, Cursor = "none" }, "asked to", Stop)).Count);

        var read = await ReadAsync(log);
        Assert.Equal([null, "\"secret\"", null, null], read.Select(static logged => logged.Event.Content));
        Assert.Equal([true, false, false, false], read.Select(static logged => logged.IsContentErased));
        Assert.Equal(EventSamples.Full(1) with { Content = null, Data = read[0].Event.Data }, read[0].Event);
        Assert.Equal(1L, read[0].Event.Data["number"]);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task EraseContentAsync_SomeEvents_LogsWhatWasErasedAndWhy()
    {
        var log = await CreateLogAsync(EventSamples.Full(1), EventSamples.Full(2));

        await log.EraseContentAsync(FullQuery, "asked to", Stop);

        var told = Assert.Single(await ReadAsync(log, new EventQuery { Type = AgentEventTypes.ContentErased }));
        Assert.Equal(3, told.Sequence);
        Assert.Null(told.Event.Content);
        Assert.Equivalent(
            new Dictionary<string, object?>
            {
                ["count"] = 2L,
                ["reason"] = "asked to",
                ["filter"] = new Dictionary<string, object?>
                {
                    ["conversation_id"] = "conversation",
                    ["user_id"] = "user",
                    ["session_id"] = "session",
                    ["type"] = "sample",
                    ["trace_id"] = "0af7651916cd43dd8448eb211c80319c",
                    ["after"] = "2026-01-31T12:00:00.0000000+00:00",
                    ["before"] = "2026-01-31T13:00:00.0000000+00:00",
                },
                ["log"] = told.Event.Data["log"],
                ["up_to"] = new Dictionary<string, object?> { [told.Writer] = 2L },
            },
            told.Event.Data,
            strict: true);
    }

    [Fact]
    public async Task EraseContentAsync_Again_ErasesAndLogsNothing()
    {
        var log = await CreateLogAsync(EventSamples.Full(1));
        await log.EraseContentAsync(EventQuery.All, "first", Stop);

        Assert.Equal(0, (await log.EraseContentAsync(EventQuery.All, "second", Stop)).Count);

        Assert.Equal(2, await log.CountAsync(EventQuery.All, Stop));
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task EraseContentAsync_InSteps_StaysVerifiable()
    {
        var log = await CreateLogAsync(EventSamples.Full(1), EventSamples.Full(2), EventSamples.Said(3));
        var anchors = (await log.VerifyAsync(cancellationToken: Stop)).Anchors;

        Assert.Equal(2, (await log.EraseContentAsync(FullQuery, "first", Stop)).Count);
        await log.AppendAsync([EventSamples.Full(4)], Stop);
        Assert.Equal(2, (await log.EraseContentAsync(EventQuery.All, "second", Stop)).Count);

        await AssertIntactAsync(log, anchors);
        Assert.All(await ReadAsync(log), static logged => Assert.Null(logged.Event.Content));
    }

    [Fact]
    public async Task EraseContentAsync_ErasedEventAppendedAgain_StaysErased()
    {
        var log = await CreateLogAsync(EventSamples.Full(1));
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

        await log.AppendAsync([EventSamples.Full(1)], Stop);

        Assert.Null((await ReadAsync(log))[0].Event.Content);
        Assert.Equal(2, await log.CountAsync(EventQuery.All, Stop));
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task EraseContentAsync_LongReason_IsToldOrRefused()
    {
        var log = await CreateLogAsync(EventSamples.Full(1), EventSamples.Full(2));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await log.EraseContentAsync(EventQuery.All, new string('\u0001', 10_001), Stop));
        Assert.StartsWith("The reason has 10001 characters, and can have 10000. Nothing was erased.", refusal.Message, StringComparison.Ordinal);
        Assert.All(await ReadAsync(log), static logged => Assert.NotNull(logged.Event.Content));
        Assert.Equal(2, (await log.EraseContentAsync(EventQuery.All, new string('\u0001', 10_000), Stop)).Count);

        Assert.Equal(2L, (await ReadAsync(log))[^1].Event.Data["count"]);
        await AssertIntactAsync(log);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task EraseContentAsync_NoReason_Throws(string reason)
    {
        var log = await CreateLogAsync(EventSamples.Full(1));

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.EraseContentAsync(EventQuery.All, reason, Stop));

        Assert.NotNull((await ReadAsync(log))[0].Event.Content);
    }

    [Fact]
    public async Task EraseContentAsync_Cancelled_ErasesNothing()
    {
        var log = await CreateLogAsync(EventSamples.Full(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await log.EraseContentAsync(EventQuery.All, "asked to", new CancellationToken(canceled: true)));

        Assert.NotNull(Assert.Single(await ReadAsync(log)).Event.Content);
    }
}
