using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Tests.Stubs;

public sealed class FixedChatClientTests : IDisposable
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "hi")];

    private readonly FixedChatClient _client = new(new ChatResponse(), new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b"));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void GetResponseAsync_ManyTimes_AllocatesNothing() =>
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => { _client.GetResponseAsync(Messages); }));

    [Fact]
    public void GetStreamingResponseAsync_ReadToTheEndManyTimes_AllocatesNothing() =>
        Assert.Equal(0, AllocationMeter.BytesPerRead(() => _client.GetStreamingResponseAsync(Messages)));

    [Fact]
    public async Task GetStreamingResponseAsync_ReadTwice_GivesAllUpdatesBothTimes()
    {
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(2, await _client.GetStreamingResponseAsync(Messages, cancellationToken: token).CountAsync(token));
        Assert.Equal(2, await _client.GetStreamingResponseAsync(Messages, cancellationToken: token).CountAsync(token));
    }
}
