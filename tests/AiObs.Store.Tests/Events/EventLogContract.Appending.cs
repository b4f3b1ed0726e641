using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    private static readonly Dictionary<string, object?> AllKindsOfData = new()
    {
        ["text"] = "plain",
        ["empty"] = "",
        ["flag"] = true,
        ["nothing"] = null,
        ["whole"] = long.MinValue,
        ["amount"] = 0.0000000000000000000000000001m,
        ["large"] = 79228162514264337593543950335m,
        ["ratio"] = 0.1d,
        ["tiny"] = double.Epsilon,
        ["list"] = new List<object?> { 1L, "two", 3.5m, 4d, null, new List<object?>() },
        ["nested"] = new Dictionary<string, object?> { ["deep"] = new Dictionary<string, object?> { ["deeper"] = false } },
    };

    [Fact]
    public async Task AppendAsync_EventWithEverything_ComesBackAsItWas()
    {
        var written = EventSamples.Full(1) with { Data = AllKindsOfData };
        var log = await CreateLogAsync(written);

        var read = Assert.Single(await ReadAsync(log));

        Assert.Equivalent(AllKindsOfData, read.Event.Data, strict: true);
        Assert.Equal(written with { Data = read.Event.Data }, read.Event);
        Assert.False(read.IsContentErased);
    }

    [Fact]
    public async Task AppendAsync_EventWithNothing_ComesBackAsItWas()
    {
        var written = new AgentEvent { Id = EventSamples.IdOf(1), Time = EventSamples.Start, Type = "bare" };
        var log = await CreateLogAsync(written);

        var read = Assert.Single(await ReadAsync(log));

        Assert.Empty(read.Event.Data);
        Assert.Equal(written with { Data = read.Event.Data }, read.Event);
        Assert.False(read.IsContentErased);
    }

    [Fact]
    public async Task AppendAsync_TimesOutOfOrder_AreListedInTheOrderOfCommits()
    {
        var log = await CreateLogAsync(EventSamples.Event(5), EventSamples.Event(2));
        await log.AppendAsync([EventSamples.Event(4), EventSamples.Event(1)], Stop);
        await log.AppendAsync([EventSamples.Event(3)], Stop);

        Assert.Equal([5, 2, 4, 1, 3], await NumbersAsync(log));
    }

    [Fact]
    public async Task AppendAsync_SeveralBatches_NumbersThemWithoutGaps()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));
        await log.AppendAsync(EventSamples.Events(2, 3), Stop);

        var read = await ReadAsync(log);

        Assert.Single(read.Select(static logged => logged.Writer).Distinct());
        Assert.Equal([1, 2, 3, 4, 5], read.Select(static logged => logged.Sequence));
        Assert.Equal(read.Select(static logged => logged.Position).Order().Distinct(), read.Select(static logged => logged.Position));
        Assert.All(read, static logged => Assert.Equal(64, logged.Hash.Length));
        Assert.Equal(5, read.Select(static logged => logged.Hash).Distinct().Count());
    }

    [Fact]
    public async Task AppendAsync_SameEventAgain_LeavesOne()
    {
        var log = await CreateLogAsync(EventSamples.Full(1));

        await log.AppendAsync([EventSamples.Full(1), EventSamples.Event(2), EventSamples.Full(1), EventSamples.Event(2)], Stop);

        Assert.Equal([1, 2], await NumbersAsync(log));
        await AssertIntactAsync(log);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("type")]
    [InlineData("data")]
    [InlineData("content")]
    [InlineData("no content")]
    [InlineData("conversation")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("trace")]
    [InlineData("span")]
    public async Task AppendAsync_OtherEventUnderTheSameId_IsRefusedWithItsBatch(string changed)
    {
        var original = EventSamples.Full(1);
        var log = await CreateLogAsync(original);

        var refused = await Assert.ThrowsAsync<EventConflictException>(
            async () => await log.AppendAsync([EventSamples.Event(2), Changed(original, changed), EventSamples.Event(3)], Stop));

        Assert.Equal(original.Id, refused.EventId);
        Assert.Equal([1], await NumbersAsync(log));
        await log.AppendAsync([EventSamples.Event(2)], Stop);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_TwoEventsOfABatchUnderOneId_AreRefused()
    {
        var log = await CreateLogAsync();

        await Assert.ThrowsAsync<EventConflictException>(
            async () => await log.AppendAsync([EventSamples.Event(1), EventSamples.Event(1) with { Type = "other" }], Stop));

        Assert.Equal(0, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task AppendAsync_NoEvents_AppendsNothing()
    {
        var log = await CreateLogAsync();

        await log.AppendAsync([], Stop);

        Assert.Empty(await ReadAsync(log));
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_Cancelled_AppendsNothing()
    {
        var log = await CreateLogAsync(EventSamples.Event(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await log.AppendAsync(EventSamples.Events(2, 3), new CancellationToken(canceled: true)));

        Assert.Equal([1], await NumbersAsync(log));
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_CancelledMeanwhile_AppendsAllOrNone()
    {
        var log = await CreateLogAsync();
        for (var round = 0; round < 10; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var before = await log.CountAsync(EventQuery.All, Stop);
            var batch = EventSamples.Events(round * 200, 200);

            var append = Task.Run(async () => await log.AppendAsync(batch, cancellation.Token), Stop);
            await cancellation.CancelAsync();
            await append.ContinueWith(static _ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);

            var added = await log.CountAsync(EventQuery.All, Stop) - before;
            Assert.True(added is 0 or 200, $"{added} of 200 events were appended.");
            Assert.True(added == 200 || !append.IsCompletedSuccessfully, "An append that succeeded is not there.");
        }

        await AssertIntactAsync(log);
    }

    private static AgentEvent Changed(AgentEvent original, string what) => what switch
    {
        "time" => original with { Time = original.Time.AddTicks(1) },
        "type" => original with { Type = "other" },
        "data" => original with { Data = new Dictionary<string, object?> { ["number"] = 1m } },
        "content" => original with { Content = "\"other\"" },
        "no content" => original with { Content = null },
        "conversation" => original with { ConversationId = "other" },
        "user" => original with { UserId = null },
        "session" => original with { SessionId = "other" },
        "trace" => original with { TraceId = null },
        _ => original with { SpanId = "other" },
    };
}
