using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class UnobservedTests : IDisposable
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hi")];

    private readonly string _source = $"chat-{Guid.NewGuid():N}";
    private readonly FixedChatClient _inner = new(new(new ChatMessage(ChatRole.Assistant, "Hello.")), new ChatResponseUpdate(ChatRole.Assistant, "Hello."));
    private readonly List<IDisposable> _owned = [];

    public static TheoryData<string> Reasons => ["nobody listens", "switched off", "switched off later", "suppressed"];

    public void Dispose() => _owned.ForEach(static owned => owned.Dispose());

    [Theory]
    [MemberData(nameof(Reasons))]
    public void GetResponseAsync_NothingToObserve_ReturnsTheInnerTask(string reason)
    {
        var client = Unobserved(reason);

        Assert.Same(_inner.Response, client.GetResponseAsync(Messages, null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void GetStreamingResponseAsync_NothingToObserve_ReturnsTheInnerStream(string reason)
    {
        var client = Unobserved(reason);

        Assert.Same(_inner.Stream, client.GetStreamingResponseAsync(Messages, null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void GetResponseAsync_NothingToObserve_AllocatesNothing(string reason)
    {
        var client = Unobserved(reason);

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => new ValueTask(client.GetResponseAsync(Messages))));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void GetStreamingResponseAsync_NothingToObserve_AllocatesNothing(string reason)
    {
        var client = Unobserved(reason);

        Assert.Equal(0, AllocationMeter.BytesPerRead(() => client.GetStreamingResponseAsync(Messages)));
    }

    [Fact]
    public async Task Suppress_Disposed_ObservesAgain()
    {
        using var chat = new ObservedChat(_inner);
        using (AgentContext.Suppress())
        {
            await chat.AskAsync();
        }

        await chat.AskAsync();

        Assert.Single(chat.Spans.Spans);
    }

    [Fact]
    public async Task Enabled_SwitchedOnAgain_ObservesTheNextCall()
    {
        using var chat = new ObservedChat(_inner, o => o.Enabled = true);
        chat.Root.Enabled = false;
        await chat.AskAsync();

        chat.Root.Enabled = true;
        await chat.AskAsync();

        Assert.Single(chat.Spans.Spans);
    }

    private IChatClient Unobserved(string reason)
    {
        var root = AgentObservability.Create(builder => builder.Configure(o =>
        {
            o.SourceName = _source;
            o.Enabled = reason != "switched off";
        }));
        _owned.Add(root);
        if (reason != "nobody listens")
        {
            _owned.Add(new SpanCollector(_source));
            _owned.Add(new MetricCollector(_source));
        }

        root.Enabled = root.Enabled && reason != "switched off later";
        if (reason == "suppressed")
        {
            _owned.Add(AgentContext.Suppress());
        }

        return _inner.UseAgentObservability(root);
    }
}
