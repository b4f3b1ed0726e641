using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

public sealed class LiveSwitchTests : IDisposable
{
    private readonly StubChatClient _stub = new();

    public void Dispose() => _stub.Dispose();

    [Fact]
    public async Task Enabled_SwitchedOnAfterStartingOff_Observes()
    {
        using var chat = new ObservedChat(_stub, o => o.Enabled = false);

        chat.Root.Enabled = true;
        await chat.AskAsync();

        Assert.NotNull(chat.Span);
    }

    [Fact]
    public async Task Enabled_SwitchedOffForOneClient_ObservesTheOthers()
    {
        using var chat = new ObservedChat(_stub);
        using var silent = _stub.UseAgentObservability(chat.Root, o => o.Enabled = false);

        await silent.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(chat.Spans.Started);

        await chat.AskAsync();
        Assert.NotNull(chat.Span);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enabled_Switched_HoldsForAClientWithASourceOfItsOwn(bool startsEnabled)
    {
        var ownSource = $"own-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(ownSource);
        using var chat = new ObservedChat(_stub, o => o.Enabled = startsEnabled);
        using var client = _stub.UseAgentObservability(chat.Root, o => o.SourceName = ownSource);

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        chat.Root.Enabled = !startsEnabled;
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(spans.Spans);
    }
}
