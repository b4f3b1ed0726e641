using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamContextTests : IDisposable
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly ActivitySource _consumerSource = new($"consumer-{Guid.NewGuid():N}");
    private readonly TestSupport.SpanCollector _consumerSpans;
    private readonly StubUpdates _updates = new(Update, Update, Update, Update);
    private readonly ObservedChat _chat;

    public StreamContextTests()
    {
        _consumerSpans = new(_consumerSource.Name);
        _chat = new ObservedChat(new StubChatClient { OnStream = _ => _updates });
    }

    private static ChatResponseUpdate Update => new(ChatRole.Assistant, "a");

    public void Dispose()
    {
        _chat.Dispose();
        _consumerSpans.Dispose();
        _consumerSource.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_Read_IsCurrentInTheInnerClientAndNowhereElse(bool hasParent)
    {
        using var parent = hasParent ? _consumerSource.StartActivity("consumer") : null;
        var reader = Open();

        while (await reader.MoveNextAsync())
        {
            Assert.Same(parent, Activity.Current);
        }

        Assert.Same(parent, Activity.Current);
        await reader.DisposeAsync();
        Assert.Same(parent, Activity.Current);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Span, activity));
        Assert.Same(_chat.Span, _updates.EnumeratorActivity);
        Assert.Same(parent, _chat.Span.Parent);
        Assert.Same(parent, _updates.DisposeActivity);
    }

    [Fact]
    public async Task Stream_ConsumerStartsActivitiesBetweenReads_KeepsBothApart()
    {
        await using var reader = Open();

        while (await reader.MoveNextAsync())
        {
            using var own = _consumerSource.StartActivity("between");
            Assert.Null(own!.Parent);
            Assert.Same(own, Activity.Current);
        }

        Assert.Null(Activity.Current);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Span, activity));
    }

    [Fact]
    public async Task Stream_ConsumerChangesItsActivityBetweenReads_FindsItAfterEachRead()
    {
        await using var reader = Open();
        var started = new List<Activity>();

        do
        {
            Assert.Same(started.LastOrDefault(), Activity.Current);
            started.Add(_consumerSource.StartActivity("nested")!);
        }
        while (await reader.MoveNextAsync());

        Assert.Same(started[^1], Activity.Current);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Span, activity));
        Assert.Same(started[0], _chat.Span.Parent);
        started.Reverse();
        started.ForEach(static activity => activity.Stop());
    }

    [Fact]
    public async Task Stream_ReadFromOtherThreads_IsCurrentInTheInnerClient()
    {
        await using var reader = Open();

        while (await Task.Run(async () => await reader.MoveNextAsync(), TestContext.Current.CancellationToken))
        {
            Assert.Null(Activity.Current);
        }

        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Span, activity));
    }

    [Fact]
    public async Task Stream_ReadWithSuppressedFlow_IsCurrentInTheInnerClientAndNowhereElse()
    {
        var reader = Open();
        for (var read = 0; read < 5; read++)
        {
            ValueTask<bool> pending;
            using (ExecutionContext.SuppressFlow())
            {
                pending = reader.MoveNextAsync();
                Assert.Null(Activity.Current);
            }

            Assert.Equal(read < 4, await pending);
        }

        await reader.DisposeAsync();
        Assert.Null(Activity.Current);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Span, activity));
    }

    [Fact]
    public async Task Stream_ConsumerChangesItsAmbientValues_TheInnerClientSeesTheLatest()
    {
        List<string?> seen = [];
        _updates.OnMoveNext = (_, _) =>
        {
            seen.Add(Ambient.Value);
            Ambient.Value = "inner";
            return ValueTask.CompletedTask;
        };
        await using var reader = Open();
        Ambient.Value = "a";
        await reader.MoveNextAsync();
        await reader.MoveNextAsync();

        Ambient.Value = "b";
        await reader.MoveNextAsync();
        Ambient.Value = "a";
        await reader.MoveNextAsync();

        Assert.Equal(["a", "a", "b", "a"], seen);
        Assert.Equal("a", Ambient.Value);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(_chat.Spans.Started[0], activity));
    }

    [Fact]
    public async Task Stream_UpdatesThatAreWaitedFor_KeepTheSpanCurrentInTheInnerClient()
    {
        List<Activity?> afterWaiting = [];
        _updates.OnMoveNext = async (_, _) =>
        {
            await Task.Yield();
            afterWaiting.Add(Activity.Current);
        };

        await foreach (var _ in _chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken))
        {
            Assert.Null(Activity.Current);
        }

        Assert.Equal(5, afterWaiting.Count);
        Assert.All(afterWaiting, activity => Assert.Same(_chat.Span, activity));
    }

    [Fact]
    public async Task Stream_InnerClientIsAnIterator_KeepsTheSpanCurrentAcrossItsYields()
    {
        List<Activity?> seen = [];
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => IterateAsync(seen) });

        await foreach (var _ in chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken))
        {
            Assert.Null(Activity.Current);
        }

        Assert.Equal(4, seen.Count);
        Assert.All(seen, activity => Assert.Same(chat.Span, activity));
    }

    [Fact]
    public async Task Stream_TwoAtOnce_KeepTheirSpansApart()
    {
        var others = new StubUpdates(Update, Update, Update, Update);
        var streams = new Queue<StubUpdates>([_updates, others]);
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => streams.Dequeue() });
        await using var first = Read(chat);
        await using var second = Read(chat);

        while (await first.MoveNextAsync() | await second.MoveNextAsync())
        {
            Assert.Null(Activity.Current);
        }

        Assert.Equal(2, chat.Spans.Spans.Count);
        Assert.All(_updates.MoveActivities, activity => Assert.Same(chat.Spans.Started[0], activity));
        Assert.All(others.MoveActivities, activity => Assert.Same(chat.Spans.Started[1], activity));
        Assert.All(chat.Spans.Spans, static span => Assert.Null(span.Parent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_ConsumerHasASynchronizationContext_AddsNoVisitToThoseOfTheInnerClient(bool isObserved)
    {
        var gate = new StubGate();
        _updates.OnMoveNext = (_, token) => new(gate.WaitAsync(token));
        await using var reader = isObserved ? Open() : _updates.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var context = new CountingContext();

        var pending = MoveIn(context, reader);
        gate.Release();

        Assert.True(await pending);
        Assert.Equal(1, context.Posts);
    }

    [Fact]
    public async Task GetResponseAsync_Called_IsCurrentInTheInnerClientAndNowhereElse()
    {
        var stub = new StubChatClient();
        using var chat = new ObservedChat(stub);
        using var parent = _consumerSource.StartActivity("consumer");

        var pending = chat.AskAsync();
        Assert.Same(parent, Activity.Current);
        await pending;

        Assert.Same(parent, Activity.Current);
        Assert.Same(chat.Span, stub.Calls[0].CurrentActivity);
        Assert.Same(parent, chat.Span.Parent);
    }

    private static IAsyncEnumerator<ChatResponseUpdate> Read(ObservedChat chat) =>
        chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<ChatResponseUpdate> IterateAsync(List<Activity?> seen)
    {
        seen.Add(Activity.Current);
        yield return Update;
        seen.Add(Activity.Current);
        await Task.Yield();
        seen.Add(Activity.Current);
        yield return Update;
        seen.Add(Activity.Current);
    }

    private static ValueTask<bool> MoveIn(SynchronizationContext context, IAsyncEnumerator<ChatResponseUpdate> reader)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return reader.MoveNextAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    private IAsyncEnumerator<ChatResponseUpdate> Open() => Read(_chat);

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }
}
