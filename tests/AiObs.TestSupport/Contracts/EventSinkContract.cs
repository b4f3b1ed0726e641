using System.Text.Json;
using AiObs.Events;

namespace AiObs.TestSupport.Contracts;

/// <summary>What every <see cref="IAgentEventSink"/> does. A test class derives from it for each implementation.</summary>
public abstract class EventSinkContract
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes an empty sink for one test.</summary>
    protected abstract IAgentEventSink CreateSink();

    /// <summary>Returns what the sink that the test made has written, in order.</summary>
    protected abstract ValueTask<IReadOnlyList<AgentEvent>> ReadAsync();

    [Fact]
    public async Task WriteAsync_Events_KeepsThemInTheirOrder()
    {
        var sink = CreateSink();

        await WriteAsync(sink, 1, 2, 3);
        await WriteAsync(sink, 4);

        await AssertHasAsync(sink, 1, 2, 3, 4);
    }

    [Fact]
    public async Task WriteAsync_EveryMemberSet_KeepsEach()
    {
        var full = EventSinkSamples.Full;
        var sink = CreateSink();

        await sink.WriteAsync([full], Stop);

        Assert.Equal(Describe(full), Describe(Assert.Single(await FlushedAsync(sink))));
    }

    [Fact]
    public async Task WriteAsync_HostileTexts_KeepsThemAsTheyAre()
    {
        AgentEvent[] events = [.. EventSinkSamples.HostileTexts.Select((text, number) => EventSinkSamples.Of(number) with
        {
            ConversationId = text,
            Data = new Dictionary<string, object?> { ["text"] = text },
            Content = JsonSerializer.Serialize(text),
        })];
        var sink = CreateSink();

        await sink.WriteAsync(events, Stop);

        Assert.Equal(events.Select(Describe), (await FlushedAsync(sink)).Select(Describe));
    }

    [Fact]
    public async Task WriteAsync_ContentOfSeveralLines_KeepsItsMeaning()
    {
        var sink = CreateSink();

        await sink.WriteAsync([EventSinkSamples.Of(1) with { Content = "{\r\n  \"a\": [\n1,\t2]\n}" }, EventSinkSamples.Of(2)], Stop);

        var read = await FlushedAsync(sink);
        Assert.Equal(2, read.Count);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"a":[1,2]}"""), JsonElement.Parse(read[0].Content!)));
    }

    [Fact]
    public async Task WriteAsync_NoEvents_WritesNothing()
    {
        var sink = CreateSink();

        await sink.WriteAsync([], Stop);

        await AssertHasAsync(sink);
    }

    [Fact]
    public async Task WriteAsync_SameBatchTwice_LeavesOne()
    {
        var sink = CreateSink();

        await WriteAsync(sink, 1, 2);
        await WriteAsync(sink, 1, 2);

        await AssertHasAsync(sink, 1, 2);
    }

    [Fact]
    public async Task WriteAsync_BatchOfOldAndNew_AddsTheNew()
    {
        var sink = CreateSink();

        await WriteAsync(sink, 1, 2);
        await WriteAsync(sink, 2, 3, 3);

        await AssertHasAsync(sink, 1, 2, 3);
    }

    [Fact]
    public async Task WriteAsync_CancelledBefore_ThrowsAndWritesNothing()
    {
        var sink = CreateSink();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await sink.WriteAsync([EventSinkSamples.Of(1)], new CancellationToken(canceled: true)));

        await AssertHasAsync(sink);
    }

    [Fact]
    public async Task WriteAsync_ManyEvents_KeepsAll()
    {
        int[] numbers = [.. Enumerable.Range(0, 1_000)];
        var sink = CreateSink();

        await WriteAsync(sink, numbers);

        await AssertHasAsync(sink, numbers);
    }

    [Fact]
    public async Task WriteAsync_Null_Throws()
    {
        var sink = CreateSink();

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await sink.WriteAsync(null!, Stop));
    }

    [Fact]
    public async Task FlushAsync_NothingWritten_DoesNothing()
    {
        var sink = CreateSink();

        await sink.FlushAsync(Stop);
        await sink.FlushAsync(Stop);

        await AssertHasAsync(sink);
    }

    private static ValueTask WriteAsync(IAgentEventSink sink, params int[] numbers) =>
        sink.WriteAsync([.. numbers.Select(EventSinkSamples.Of)], Stop);

    private static string Describe(AgentEvent item) => string.Join(
        '|',
        item.Id,
        item.Time.UtcTicks,
        item.Type,
        item.ConversationId,
        item.UserId,
        item.SessionId,
        item.TraceId,
        item.SpanId,
        JsonSerializer.Serialize(item.Data.OrderBy(static entry => entry.Key, StringComparer.Ordinal)),
        item.Content);

    private async Task AssertHasAsync(IAgentEventSink sink, params int[] numbers) =>
        Assert.Equal(numbers.Select(EventSinkSamples.IdOf), (await FlushedAsync(sink)).Select(static item => item.Id));

    private async Task<IReadOnlyList<AgentEvent>> FlushedAsync(IAgentEventSink sink)
    {
        await sink.FlushAsync(Stop);
        return await ReadAsync();
    }
}
