using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events.Delivery;

public sealed class DurableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_Answered_EndsWhenItsEventsAreWritten()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(sink: Waiting(gate));

        var call = root.AskAsync(Calls.Answering);
        await gate.Reached;
        Assert.False(call.IsCompleted);
        gate.Release();
        await call;

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Call_Failed_ThrowsItsOwnExceptionWhenTheEventIsWritten()
    {
        await using var root = new EventRoot();
        var failure = new InvalidOperationException("no");
        var sink = root.AddDurable();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(StubChatClient.Throwing(failure)));

        Assert.Same(failure, thrown);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallFailed], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Stream_Read_DeliversAllAndHoldsBackOnlyItsEnd()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(sink: Waiting(gate));
        using var client = new StubChatClient().UseAgentObservability(root.Root);
        await using var reader = client.GetStreamingResponseAsync("Hi", cancellationToken: Token).GetAsyncEnumerator(Token);

        Assert.True(await reader.MoveNextAsync());
        Assert.True(await reader.MoveNextAsync());
        var end = reader.MoveNextAsync().AsTask();
        await gate.Reached;
        Assert.False(end.IsCompleted);
        gate.Release();

        Assert.False(await end);
        Assert.Contains(AgentEventTypes.ResponseReceived, sink.AcceptedTypes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Stream_Failed_ThrowsItsOwnExceptionWhenTheEventIsWritten(int move)
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();
        var failure = new InvalidOperationException("no");
        var inner = new StubChatClient { OnStream = _ => StubUpdates.ThrowingAt(move, failure, new ChatResponseUpdate(ChatRole.Assistant, "a")) };

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => root.ReadAsync(inner)));

        Assert.Contains(AgentEventTypes.CallFailed, sink.AcceptedTypes);
    }

    [Fact]
    public async Task Stream_ThatThrowsWithoutATask_WaitsAllTheSame()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();
        var failure = new InvalidOperationException("no");

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => root.ReadAsync(StubChatClient.Throwing(failure))));

        Assert.Contains(AgentEventTypes.CallFailed, sink.AcceptedTypes);
    }

    [Fact]
    public async Task Stream_LeftEarly_WaitsInItsDisposal()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();
        using var client = new StubChatClient().UseAgentObservability(root.Root);

        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            break;
        }

        Assert.Contains(AgentEventTypes.CallFailed, sink.AcceptedTypes);
    }

    [Fact]
    public async Task ToolAndEmbeddings_EndWhenTheirEventsAreWritten()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(_ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>()))
            .UseAgentObservability(root.Root);

        await AIFunctionFactory.Create(() => 1, "one").Observed(root.Root).InvokeAsync(cancellationToken: Token);
        Assert.Equal([AgentEventTypes.ToolCalled], sink.AcceptedTypes);
        await generator.GenerateAsync(["a"], cancellationToken: Token);
        Assert.Equal([AgentEventTypes.ToolCalled, AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task TracedWork_EndsWhenItsEventsAreWritten()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();

        await root.Root.Tracer.TraceToolAsync("t", new() { Arguments = new { } }, _ => Task.FromResult(1), Token);

        Assert.Equal([AgentEventTypes.ToolCalled], sink.AcceptedTypes);
    }

    [Fact]
    public async Task SpanDisposed_HasItsEventsWrittenSoon()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();

        root.Root.Tracer.StartTool("t", new() { Arguments = new { } }).Dispose();

        await root.OnlyAsync(sink, AgentEventTypes.ToolCalled);
    }

    [Fact]
    public async Task TrackAsync_EndsWhenTheEventIsWritten()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable();

        await root.TrackAsync("a");

        Assert.Equal(["a"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Confirmed_Events_AreInTheSinkWhateverFailsMeanwhile()
    {
        await using var root = new EventRoot();
        var random = new Random(7);
        var sink = root.AddDurable(
            o =>
            {
                Throwing(o);
                o.BatchSize = 5;
                o.BackOff = TimeSpan.FromMilliseconds(1);
                o.MaxBackOff = TimeSpan.FromMilliseconds(2);
                o.FailureThreshold = 1_000;
            },
            new() { OnWrite = (_, _, _) => random.Next(3) == 0 ? throw new InvalidOperationException() : ValueTask.CompletedTask });

        List<string> confirmed = [];
        async Task TrackAsync(int writer)
        {
            for (var i = 0; i < 20; i++)
            {
                var item = await root.TrackAsync($"{writer}.{i}");
                Assert.Contains(item, sink.Accepted);
                lock (confirmed)
                {
                    confirmed.Add(item!.Type);
                }
            }
        }

        await root.AdvanceUntilAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(TrackAsync)));

        Assert.Equal(160, confirmed.Count);
        Assert.Equal(confirmed.Order(StringComparer.Ordinal), sink.AcceptedTypes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delivery_ToTwoSinks_WaitsForBoth()
    {
        await using var root = new EventRoot();
        var one = root.AddDurable();
        var two = root.AddDurable();

        await root.TrackAsync("a");

        Assert.Equal((1, 1), (one.Accepted.Count, two.Accepted.Count));
    }

    private static void Throwing(EventSinkOptions options) => options.ThrowOnFailure = true;

    private static StubEventSink Waiting(StubGate gate) => new() { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) };
}
