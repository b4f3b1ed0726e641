using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class TraceStoreContract
{
    [Fact]
    public async Task AppendAsync_FullSpan_IsReadAsItWas()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1));

        var listed = Assert.Single(await ReadSpansAsync(store, new() { Detail = SpanDetail.Content }));

        Assert.Equal(Text(SpanSamples.FullCall(1) with { HadContent = true }), Text(listed));
        Assert.Equal(TimeSpan.Zero, listed.Time.Offset);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task AppendAsync_TokensThatNoCallCanHave_AreUnknown(long tokens)
    {
        var odd = SpanSamples.Call(1) with { ConversationId = "c", InputTokens = tokens, OutputTokens = tokens };
        var store = await CreateStoreAsync(odd, odd with { SpanId = SpanSamples.SpanId(2) });

        var trace = Assert.Single((await store.ListAsync(new() { Order = TraceOrder.MostTokens }, Stop)).Traces);
        var conversation = Assert.Single((await store.ListTracedConversationsAsync(TraceQuery.All, Stop)).Conversations);

        Assert.Equal((null, null), (trace.InputTokens, trace.OutputTokens));
        Assert.Equal((null, null), (conversation.InputTokens, conversation.OutputTokens));
    }

    [Fact]
    public async Task AppendAsync_FullSpan_MakesATrace()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1));

        var expected = new TraceSummary
        {
            TraceId = SpanSamples.TraceId(1),
            Time = SpanSamples.Start.AddSeconds(1),
            EndTime = SpanSamples.Start.AddSeconds(2),
            Name = "chat m",
            Source = "source",
            Kind = Operations.OperationKind.Chat,
            Status = TraceStatus.Error,
            SpanCount = 1,
            CallCount = 1,
            ErrorCount = 1,
            InputTokens = 100,
            OutputTokens = 10,
            ConversationId = "conversation",
            UserId = "user",
            SessionId = "session",
        };
        Assert.Equal(expected, await store.FindAsync(SpanSamples.TraceId(1), Stop));
        Assert.Null(await store.FindAsync(SpanSamples.TraceId(2), Stop));
    }

    [Fact]
    public async Task AppendAsync_Twice_KeepsTheFirst()
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1));

        await store.AppendAsync([SpanSamples.Call(1) with { Name = "again" }, SpanSamples.Call(2), SpanSamples.Call(2) with { Name = "again" }], Stop);

        Assert.Equal(["chat m", "chat m"], (await ReadSpansAsync(store, SpanQuery.All)).Select(static span => span.Name));
        Assert.Equal([1L, 1L], (await ReadAsync(store, TraceQuery.All)).Select(static trace => trace.SpanCount));
        Assert.Equal(2, Assert.Single(await store.SummarizeAsync(LatencyQuery.All, Stop)).Histogram.Count);
    }

    [Fact]
    public async Task AppendAsync_SameSpanOfAnotherTrace_IsAnother()
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1, 7), SpanSamples.Call(2, 7));

        Assert.Equal(2, (await ReadSpansAsync(store, SpanQuery.All)).Count);
    }

    [Fact]
    public async Task AppendAsync_Nothing_IsFine()
    {
        var store = await CreateStoreAsync();

        await store.AppendAsync([], Stop);

        Assert.Empty(await ReadAsync(store, TraceQuery.All));
    }

    [Theory]
    [InlineData("", "000000000000000a")]
    [InlineData("0000000000000000000000000000000A", "000000000000000a")]
    [InlineData("0000000000000000000000000000000g", "000000000000000a")]
    [InlineData("0000000000000000000000000000000a", "a")]
    [InlineData("0000000000000000000000000000000a", "000000000000000a0")]
    public async Task AppendAsync_IdThatIsNone_KeepsNothingOfTheBatch(string traceId, string spanId)
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(2) with { TraceId = traceId, SpanId = spanId }], Stop));

        Assert.Empty(await ReadAsync(store, TraceQuery.All));
        Assert.Empty(await ReadSpansAsync(store, SpanQuery.All));
    }

    [Fact]
    public async Task AppendAsync_Cancelled_KeepsNothing()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.AppendAsync([SpanSamples.Call(1)], new CancellationToken(canceled: true)));

        Assert.Empty(await ReadAsync(store, TraceQuery.All));
    }

    [Fact]
    public async Task AppendAsync_ChildrenFirst_IsIncompleteUntilTheTopArrives()
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1, 2) with { Name = "child", IsError = true });

        var before = await store.FindAsync(SpanSamples.TraceId(1), Stop);
        await store.AppendAsync([SpanSamples.Call(1) with { Name = "top", Time = SpanSamples.Start.AddSeconds(9) }], Stop);
        var after = await store.FindAsync(SpanSamples.TraceId(1), Stop);

        Assert.Equal(("child", TraceStatus.Incomplete, 1L), (before!.Name, before.Status, before.ErrorCount));
        Assert.Equal(("top", TraceStatus.Ok, 1L), (after!.Name, after.Status, after.ErrorCount));
        Assert.Equal(SpanSamples.Start.AddSeconds(1).AddMilliseconds(1), after.Time);
        Assert.Equal(SpanSamples.Start.AddSeconds(10), after.EndTime);
    }

    [Fact]
    public async Task AppendAsync_HostileTexts_AreKeptAndFound()
    {
        var text = "'; DROP TABLE aiobs_spans; --%_\\\" \u202e\ud800\0 ' OR 1=1";
        var id = new string('x', 600);
        var store = await CreateStoreAsync(
            SpanSamples.Call(1) with { Name = text, Model = text, Tags = [text, text], Tool = id, Content = new($"\"{text}\"") }, SpanSamples.Call(2));

        await AssertFoundAsync(store, new() { Model = text }, 1);
        await AssertFoundAsync(store, new() { Tag = text }, 1);
        await AssertFoundAsync(store, new() { Tool = id }, 1);
        await AssertFoundAsync(store, new() { Text = "--%_\\" }, 1);
        await AssertFoundAsync(store, new() { Tool = id[..^1] });
        var span = Assert.Single(await ReadSpansAsync(store, new() { TraceId = SpanSamples.TraceId(1), Detail = SpanDetail.Content }));
        Assert.StartsWith("'; DROP TABLE aiobs_spans; --%_\\\" \u202e\ufffd\ufffd ' OR 1=1~", span.Name, StringComparison.Ordinal);
        Assert.Equal([span.Name], span.Tags);
        Assert.Equal(512, span.Tool!.Length);
        Assert.Equal("\"'; DROP TABLE aiobs_spans; --%_\\\" \u202e\ufffd\ufffd ' OR 1=1\"", span.Content!.Attributes);
    }

    [Fact]
    public async Task AppendAsync_TooLong_IsReplacedByARemark()
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1) with
        {
            Attributes = new string(' ', (1 << 20) + 1),
            Events = new string(' ', (1 << 20) + 1),
            Content = new(new string(' ', (1 << 24) + 1)),
        });

        var span = Assert.Single(await ReadSpansAsync(store, new() { Detail = SpanDetail.Content }));

        Assert.Equal("""{"omitted":"1048577 characters, more than the 1048576 that a trace store keeps"}""", span.Attributes);
        Assert.Equal("""[{"name":"1048577 characters, more than the 1048576 that a trace store keeps"}]""", span.Events);
        Assert.Equal("""{"omitted":"16777217 characters, more than the 16777216 that a trace store keeps"}""", span.Content!.Attributes);
    }

    [Fact]
    public async Task AppendAsync_OddTimes_AreKept()
    {
        var store = await CreateStoreAsync(
            SpanSamples.Call(1) with { Duration = TimeSpan.FromTicks(-5) },
            SpanSamples.Call(2) with { Time = DateTimeOffset.MaxValue, Duration = TimeSpan.MaxValue },
            SpanSamples.Call(3) with { Time = DateTimeOffset.MinValue, Duration = TimeSpan.FromTicks(1) });

        var spans = await ReadSpansAsync(store, SpanQuery.All);

        Assert.Equal(
            [(DateTimeOffset.MinValue, 1L), (SpanSamples.Start.AddSeconds(1), 0L), (DateTimeOffset.MaxValue, 0L)],
            spans.Select(static span => (span.Time, span.Duration.Ticks)));
    }

    [Fact]
    public async Task AppendAsync_ByManyAtOnce_KeepsEachSpanOnce()
    {
        var store = await CreateStoreAsync();
        var spans = SpanSamples.Random(seed: 17, traces: 20);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                foreach (var batch in spans.Skip(writer).Concat(spans.Take(writer)).Chunk(9))
                {
                    await store.AppendAsync(batch, Stop);
                }
            },
            Stop)));

        Assert.Equal(new TraceModel(spans).List(TraceQuery.All), await ReadAsync(store, TraceQuery.All));
    }
}
