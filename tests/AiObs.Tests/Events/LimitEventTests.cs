using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events;

public sealed class LimitEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task SlowCallThreshold_DecidesWhatIsSlow(int seconds, bool isSlow)
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.SlowCallThreshold = TimeSpan.FromSeconds(2)));
        var sink = root.AddSink();
        var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                root.Clock.Advance(TimeSpan.FromSeconds(seconds));
                return Task.FromResult(Calls.Answer);
            },
        };

        await root.AskAsync(client);

        await root.Events.FlushAsync(Token);
        var slow = sink.Accepted.Where(item => item.Type == AgentEventTypes.SlowCall).ToList();
        Assert.Equal(isSlow ? [(3000.0, 2000.0)] : [], slow.Select(item => ((double)item.Data["duration_ms"]!, (double)item.Data["threshold"]!)));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task ChunkEvents_RaisesOnePerUpdateWithoutContent(bool isOn, int expected)
    {
        await using var root = EventRoot.WithContent(build: b => b.ConfigureEvents(o => o.ChunkEvents = isOn));
        var sink = root.AddSink();

        await root.ReadAsync(new StubChatClient());

        await root.Events.FlushAsync(Token);
        var chunks = sink.Accepted.Where(item => item.Type == AgentEventTypes.ChunkReceived).ToList();
        Assert.Equal(Enumerable.Range(0, expected), chunks.Select(item => (int)item.Data["index"]!));
        Assert.All(chunks, item => Assert.Null(item.Content));
    }
}
