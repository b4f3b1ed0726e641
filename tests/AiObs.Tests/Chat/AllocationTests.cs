using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What observing a call may allocate on the caller's thread, spans of both conventions included.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int CeilingOfCall = 1_840;
    private const int CeilingOfStream = 2_560;

    private static readonly UsageDetails Usage = new()
    {
        InputTokenCount = 1_200,
        OutputTokenCount = 300,
        TotalTokenCount = 1_500,
        CachedInputTokenCount = 400,
    };

    private readonly string _source = $"bytes-{Guid.NewGuid():N}";
    private readonly List<ChatMessage> _messages = [new(ChatRole.User, "Hi")];
    private readonly ActivityListener _listener;

    public AllocationTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == _source,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void GetResponseAsync_BothConventionsWithoutContent_StaysBelowItsCeiling()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "gpt-4o",
            ResponseId = "r",
            FinishReason = ChatFinishReason.Stop,
            Usage = Usage,
        };
        using var inner = new FixedChatClient(response, []);
        using var client = inner.UseAgentObservability(o => o.SourceName = _source);

        var bytes = Outside(() => AllocationMeter.BytesPerRun(() => new ValueTask(client.GetResponseAsync(_messages))));

        Assert.InRange(bytes, 1, CeilingOfCall);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(200)]
    [InlineData(5_000)]
    public void GetStreamingResponseAsync_BothConventionsWithoutContent_StaysBelowItsCeilingWhateverTheLength(int updates) =>
        Assert.InRange(BytesOfStream(updates), 1, CeilingOfStream);

    [Fact]
    public void GetStreamingResponseAsync_WithoutContent_TakesTheSameForEveryLength() =>
        // The runtime spares a small box once it has compiled a call again; what 2,700 updates leave behind would not be small.
        Assert.Equal(BytesOfStream(updates: 300), BytesOfStream(updates: 3_000), tolerance: 128);

    private double BytesOfStream(int updates)
    {
        var stream = Enumerable.Repeat(new ChatResponseUpdate(ChatRole.Assistant, "word ") { ModelId = "gpt-4o", ResponseId = "r" }, updates - 1)
            .Append(new(ChatRole.Assistant, [new UsageContent(Usage)]) { ModelId = "gpt-4o", ResponseId = "r", FinishReason = ChatFinishReason.Stop });
        using var inner = new FixedChatClient(new ChatResponse(), [.. stream]);
        using var client = inner.UseAgentObservability(o => o.SourceName = _source);

        return Outside(() => AllocationMeter.BytesPerRead(() => client.GetStreamingResponseAsync(_messages), runs: 100));
    }

    /// <summary>Measures outside of the test's flow: the more flows with it, the more is copied with each change of the current activity.</summary>
    private static double Outside(Func<double> measure)
    {
        var bytes = 0.0;
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => bytes = measure()));
        thread.UnsafeStart();
        thread.Join();
        Assert.Null(failure);
        return bytes;
    }
}
