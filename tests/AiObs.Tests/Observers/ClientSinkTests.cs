using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Observers;

/// <summary>A sink of one client hears of that client, and of it alone.</summary>
public sealed class ClientSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseEventSink_TwoClientsOfOneRoot_EachHearsOfItsOwn(bool isStreaming)
    {
        await using var root = new EventRoot();
        var shared = root.AddSink();
        StubEventSink first = new();
        StubEventSink second = new();
        using var one = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(first);
        using var two = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(second);

        await Calls.MakeAsync(one, isStreaming, text: "a");
        await Calls.MakeAsync(two, isStreaming, text: "b");
        await root.Events.FlushAsync(Token);

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], first.AcceptedTypes);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], second.AcceptedTypes);
        Assert.Equal([.. first.Accepted, .. second.Accepted], shared.Accepted);
    }

    [Fact]
    public async Task UseEventSink_SinkOfTheRootComesLater_HearsOfTheClientToo()
    {
        await using var root = new EventRoot();
        StubEventSink own = new();
        using var client = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(own);

        var shared = root.AddSink();
        await Calls.MakeAsync(client, isStreaming: false);
        await root.Events.FlushAsync(Token);

        Assert.Equal(own.Accepted, shared.Accepted);
        Assert.Equal(2, shared.Accepted.Count);
    }

    [Fact]
    public async Task UseEventSink_WithoutAnyRoot_HearsOfTheCalls()
    {
        StubEventSink sink = new();
        using var client = new StubChatClient().UseEventSink(sink, static options =>
        {
            options.Types.Add(AgentEventTypes.ResponseReceived);
            options.BatchSize = 1;
        });

        await Calls.MakeAsync(client, isStreaming: false);
        await sink.WaitForAcceptedAsync(1);

        Assert.Equal([AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task UseEventSink_RedactionOfTheRoot_RunsOnceForAllSinks()
    {
        var redacted = 0;
        await using var root = new EventRoot(builder => builder.ConfigureEvents(options => options.Redact = item =>
        {
            redacted++;
            return item with { UserId = "hidden" };
        }));
        var shared = root.AddSink();
        StubEventSink own = new();
        using var client = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(own);

        await Calls.MakeAsync(client, isStreaming: false);
        await root.Events.FlushAsync(Token);

        Assert.Equal(2, redacted);
        Assert.All([.. own.Accepted, .. shared.Accepted], static item => Assert.Equal("hidden", item.UserId));
    }

    [Fact]
    public async Task UseEventSink_Durable_TheCallWaitsForIt()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        StubEventSink sink = new() { OnWrite = async (_, _, token) => await gate.WaitAsync(token) };
        using var client = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(sink, static options =>
        {
            options.Delivery = EventDelivery.Durable;
            options.WriteTimeout = options.DurableTimeout = TimeSpan.FromHours(1);
        });

        var call = client.GetResponseAsync("Hi", cancellationToken: Token);
        await sink.WaitForTriesAsync(1);
        var isWaiting = !call.IsCompleted;
        gate.Release();
        await call;

        Assert.True(isWaiting);
        Assert.Equal(2, sink.Accepted.Count);
    }

    [Fact]
    public async Task UseEventSink_AgentAround_HearsOfItsTools()
    {
        await using var root = new EventRoot();
        StubEventSink sink = new();
        using var client = new FunctionInvokingChatClient(Asking.UseAgentObservability(root.Root).UseEventSink(sink)).UseAgent("a");

        await Calls.MakeAsync(client, isStreaming: false, new() { Tools = [AIFunctionFactory.Create(static () => "sunny", "weather")] });
        await root.Events.FlushAsync(Token);

        Assert.Single(sink.Accepted, static item => item.Type == AgentEventTypes.ToolCalled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_Client_WritesWhatWaitsThenDisposesTheSink(bool isAsync)
    {
        await using var root = new EventRoot();
        List<string> lines = [];
        IAgentEventSink sink = isAsync ? new AsyncJournal(lines) : new Journal(lines);
        var client = new StubChatClient().UseEventSink(sink).UseAgentObservability(root.Root);

        await Calls.MakeAsync(client, isStreaming: false);
        client.Dispose();

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, "disposed"], lines);
        Assert.Empty(root.Events.GetSinks());
    }

    [Fact]
    public async Task Dispose_RootComesAfterTheSink_DisposesTheSinkLast()
    {
        await using var root = new EventRoot();
        ClosingSink sink = new();
        var client = new StubChatClient().UseEventSink(sink).UseAgentObservability(root.Root);

        await Calls.MakeAsync(client, isStreaming: false);
        client.Dispose();

        Assert.Equal("disposed", sink.Lines[^1]);
        Assert.Single(sink.Lines, "disposed");
    }

    [Fact]
    public void Dispose_SinkThrows_DisposesEverythingElse()
    {
        List<string> lines = [];
        var model = new StubChatClient();
        var client = model.UseEventSink(new Journal(lines)).UseEventSink(new BrokenSink());

        client.Dispose();

        Assert.Equal(["disposed"], lines);
        Assert.Equal(1, model.DisposeCount);
    }

    [Fact]
    public async Task GetSinks_OfTheRoot_ShowsThoseOfClientsUnderNamesOfTheirOwn()
    {
        await using var root = new EventRoot();
        root.AddSink();

        using var one = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(new StubEventSink(), name: "stub");
        using var two = one.UseEventSink(new StubEventSink(), static options => options.QueueCapacity = 7, "stub");

        Assert.Equal(["stub", "stub-2", "stub-3"], root.Events.GetSinks().Select(static sink => sink.Name));
        Assert.Equal(7, root.Events.GetSinks()[2].Capacity);
    }

    [Fact]
    public void UseEventSink_OptionThatCannotBe_IsRefused() => Assert.Throws<OptionsValidationException>(
        static () => new StubChatClient().UseEventSink(new StubEventSink(), static options => options.BatchSize = 0));

    [Fact]
    public async Task UseEventSink_OnBuilders_JoinsTheOtherStages()
    {
        await using var root = new EventRoot();
        StubEventSink sink = new();
        StubEventSink embeddings = new();
        using var client = new StubChatClient().AsBuilder().UseFunctionInvocation().UseAgentObservability(root.Root).UseEventSink(sink).Build();
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>()))
            .AsBuilder().UseEventSink(embeddings).UseAgentObservability(root.Root).Build();

        await Calls.MakeAsync(client, isStreaming: false);
        await generator.GenerateAsync(["a"], cancellationToken: Token);
        await root.Events.FlushAsync(Token);

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], embeddings.AcceptedTypes);
        Assert.Equal(2, root.Spans.Spans.Count(static span => span.GetTagItem("openinference.span.kind") is "LLM" or "EMBEDDING"));
    }

    private static StubChatClient Asking => StubChatClient.Scripted(
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "weather")])), new(new ChatMessage(ChatRole.Assistant, "It is sunny.")));

    private sealed class Journal(List<string> lines) : IAgentEventSink, IDisposable
    {
        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
        {
            lines.AddRange(events.Select(static item => item.Type));
            return ValueTask.CompletedTask;
        }

        public void Dispose() => lines.Add("disposed");
    }

    private sealed class ClosingSink : IAgentEventSink, IDisposable
    {
        public List<string> Lines { get; } = [];

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            Lines.Add("flushed");
            return ValueTask.CompletedTask;
        }

        public void Dispose() => Lines.Add("disposed");
    }

    private sealed class BrokenSink : IAgentEventSink, IDisposable
    {
        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Dispose() => throw new InvalidOperationException("broken");
    }

    private sealed class AsyncJournal(List<string> lines) : IAgentEventSink, IAsyncDisposable
    {
        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
        {
            lines.AddRange(events.Select(static item => item.Type));
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            lines.Add("disposed");
        }
    }
}
