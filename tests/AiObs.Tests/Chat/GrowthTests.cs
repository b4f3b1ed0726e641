using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What observing takes as histories, texts and numbers of streams grow.</summary>
public sealed class GrowthTests : IDisposable
{
    private readonly string _source = $"growth-{Guid.NewGuid():N}";
    private readonly ActivityListener _listener;
    private long _stopped;

    public GrowthTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == _source,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => _stopped++,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void GetResponseAsync_LongerHistoryWithContent_TakesNoMorePerMessage()
    {
        var few = BytesOfCall(messages: 100, characters: 200);

        var many = BytesOfCall(messages: 1_000, characters: 200);

        Assert.InRange(many / few, 1, 10 * 1.1);
    }

    [Fact]
    public void GetResponseAsync_LongerHistoryWithoutContent_TakesTheSame()
    {
        var one = BytesOfCall(messages: 1, characters: 200, static o => o.CaptureContent = ContentCapture.None);

        var many = BytesOfCall(messages: 1_000, characters: 200, static o => o.CaptureContent = ContentCapture.None);

        Assert.Equal(one, many);
    }

    [Fact]
    public void GetResponseAsync_LongerTextThanIsRecorded_TakesTheSame()
    {
        var longer = BytesOfCall(messages: 10, characters: 10_000, static o => o.Privacy.MaxContentLength = 1_000);

        var longest = BytesOfCall(messages: 10, characters: 99_999, static o => o.Privacy.MaxContentLength = 1_000);

        Assert.Equal(longer, longest);
    }

    [Fact]
    public void GetResponseAsync_LongerHistoryThanIsRecorded_TakesTheSame()
    {
        var longer = BytesOfCall(messages: 100, characters: 200, static o => o.Privacy.MaxMessages = 10);

        var longest = BytesOfCall(messages: 1_000, characters: 200, static o => o.Privacy.MaxMessages = 10);

        Assert.Equal(longer, longest);
    }

    [Fact]
    public void GetStreamingResponseAsync_TenThousandAtOnce_TakeNoMoreEachAndLoseNoSpan()
    {
        using var inner = new StreamsOfTheirOwn();
        using var client = inner.UseAgentObservability(o => o.SourceName = _source);
        ReadAtOnce(client, streams: 1_000);
        var few = ReadAtOnce(client, streams: 1_000);
        _stopped = 0;

        var many = ReadAtOnce(client, streams: 10_000);

        Assert.Equal(10_000, _stopped);
        Assert.InRange(many / few, 10 * 0.9, 10 * 1.1);
    }

    private static double ReadAtOnce(IChatClient client, int streams)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        var readers = new IAsyncEnumerator<ChatResponseUpdate>[streams];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < streams; i++)
        {
            readers[i] = client.GetStreamingResponseAsync(messages).GetAsyncEnumerator();
        }

        var open = readers.ToList();
        while (open.Count > 0)
        {
            open.RemoveAll(static reader => !Finish(reader.MoveNextAsync()));
        }

        foreach (var reader in readers)
        {
#pragma warning disable CA2012 // It is asked whether there is anything to await.
            Assert.True(reader.DisposeAsync().IsCompletedSuccessfully);
#pragma warning restore CA2012
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static bool Finish(ValueTask<bool> moved)
    {
        Assert.True(moved.IsCompleted);
        return moved.GetAwaiter().GetResult();
    }

    private double BytesOfCall(int messages, int characters, Action<AgentObservabilityOptions>? configure = null)
    {
        var history = Enumerable.Range(0, messages)
            .Select(index => new ChatMessage(index % 2 == 0 ? ChatRole.User : ChatRole.Assistant, new string('a', characters)))
            .ToList();
        using var inner = new FixedChatClient(new(new ChatMessage(ChatRole.Assistant, "Hello.")));
        using var client = inner.UseAgentObservability(o =>
        {
            o.SourceName = _source;
            o.CaptureContent = ContentCapture.Spans;
            configure?.Invoke(o);
        });

        return AllocationMeter.BytesPerRun(() => new ValueTask(client.GetResponseAsync(history)), runs: 50);
    }

    /// <summary>A model that is asked for many streams at once, each of which is there already.</summary>
    private sealed class StreamsOfTheirOwn() : DelegatingChatClient(new FixedChatClient(new ChatResponse()))
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            new FixedChatClient(new ChatResponse(), new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.Assistant, "c")).Stream;
    }
}
