using System.Diagnostics;
using System.Text;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

/// <summary>Calls that a client refuses before anything is sent: they leave an event and nothing else, and whatever may have been sent is no such call.</summary>
public sealed class RefusedCallTests : IAsyncLifetime
{
    private readonly CountingGate _gate = new();
    private readonly EventRoot _root;
    private readonly StubEventSink _sink;

    public RefusedCallTests()
    {
        _root = new EventRoot(builder => builder.AddCallGate(_gate));
        _sink = _root.AddSink();
    }

    public static TheoryData<string> WaysToThrow => ["call", "task", "stream", "enumerator", "move"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    [Theory]
    [MemberData(nameof(WaysToThrow))]
    public async Task Call_ArgumentIsRefusedAtOnce_LeavesAnEventAlone(string way)
    {
        var thrown = new ArgumentException("No temperature above 2.");

        Assert.Same(thrown, await ThrownByAsync(ClientThrowing(way, thrown), way is not ("call" or "task")));

        await _root.Events.FlushAsync(Token);
        Assert.Empty(_root.Spans.Spans);
        Assert.All(_root.Metrics.Measurements, static measured => Assert.Equal("aiobs.events.written", measured.Name));
        Assert.Null(Activity.Current);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallRefused], _sink.Accepted.Select(static item => item.Type));
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "chat",
                ["provider"] = "stub",
                ["model"] = "stub-model",
                ["outcome"] = "refused",
                ["duration_ms"] = 0.0,
                ["error_type"] = "System.ArgumentException",
                ["exception_type"] = "System.ArgumentException",
                ["streaming"] = way is not ("call" or "task"),
            },
            [.. _sink.Accepted[1].Data.Where(static fact => fact.Key is not "chunks")]);
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((0, 1), (ticket.Settled, ticket.Released));
        Assert.Equal(OperationOutcome.Refused, ticket.Request.Operation.Outcome);
    }

    [Fact]
    public async Task Call_RefusedInsideOfAnAgent_IsNoIterationAndNoCallOfIt()
    {
        using (_root.Root.Tracer.StartAgent("a", new AgentStart { Input = "x" }))
        {
            await _root.AskAsync(Calls.Answering);
            await ThrownByAsync(ClientThrowing("call", new ArgumentOutOfRangeException("options")), isStreaming: false);
        }

        var run = await _root.OnlyAsync(_sink, AgentEventTypes.AgentCompleted);
        Assert.Equal(1, run.Data["model_calls"]);
        Assert.Equal(1L, _root.Spans.Only("invoke_agent a").GetTagItem("aiobs.agent.iterations"));
        Assert.Single(_root.Spans.Spans, static span => span.OperationName.StartsWith("chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_OfAnotherLibrarysSpan_LeavesThatInPlace()
    {
        using var foreign = new ActivitySource($"foreign-{Guid.NewGuid():N}");
        using var spans = new SpanCollector(foreign.Name);
        KeyValuePair<string, object?>[] tags = [new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")];
        using (foreign.StartActivity("chat stub-model", ActivityKind.Client, default(ActivityContext), tags))
        {
            await ThrownByAsync(ClientThrowing("call", new ArgumentNullException("options")), isStreaming: false);
        }

        await _root.OnlyAsync(_sink, AgentEventTypes.CallRefused);
        Assert.Equal("stub-model", spans.Only().GetTagItem("llm.model_name"));
    }

    [Fact]
    public async Task Embeddings_ArgumentIsRefusedAtOnce_LeaveAnEventAlone()
    {
        var thrown = new ArgumentException("No dimensions.");
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw thrown).UseAgentObservability(_root.Root);

        Assert.Same(thrown, await Record.ExceptionAsync(() => generator.GenerateAsync(["x"], cancellationToken: Token)));

        await _root.OnlyAsync(_sink, AgentEventTypes.CallRefused);
        Assert.Empty(_root.Spans.Spans);
        Assert.Equal(1, Assert.Single(_gate.Tickets).Released);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ArgumentIsRefusedAfterWaiting_MayBeTheAnswersAndFailed(bool isStreaming)
    {
        var gate = new StubGate();
        var asked = ThrownByAsync(ClientWaiting(gate, new ArgumentException("There is no such role.")), isStreaming);
        await gate.Reached;
        gate.Release();
        await asked;

        await AssertFailedAsync("System.ArgumentException");
    }

    [Fact]
    public async Task Stream_AdmittedLaterThatWaits_Failed()
    {
        var admission = new StubGate();
        _gate.Wait = (_, token) => admission.WaitAsync(token);
        var gate = new StubGate();
        var asked = ThrownByAsync(ClientWaiting(gate, new ArgumentException("x")), isStreaming: true);
        await admission.Reached;
        admission.Release();
        await gate.Reached;
        gate.Release();
        await asked;

        await AssertFailedAsync("System.ArgumentException");
    }

    [Fact]
    public async Task Stream_ThrowsAfterAnUpdate_Failed()
    {
        var updates = StubUpdates.ThrowingAt(1, new ArgumentException("x"), new ChatResponseUpdate(ChatRole.Assistant, "Hel"));

        await ThrownByAsync(new StubChatClient { OnStream = _ => updates }, isStreaming: true);

        await AssertFailedAsync("System.ArgumentException");
    }

    [Fact]
    public async Task Call_OtherException_Failed()
    {
        await ThrownByAsync(ClientThrowing("call", new DecoderFallbackException("No UTF-8.")), isStreaming: false);

        await AssertFailedAsync("System.Text.DecoderFallbackException");
    }

    [Fact]
    public async Task Call_AnotherCallWasMadeInside_Failed()
    {
        var router = new StubChatClient
        {
            OnResponse = async _ =>
            {
                await _root.Root.Tracer.TraceToolAsync("look_up", new ToolStart { Arguments = "{}" }, static _ => Task.CompletedTask, Token);
                throw new ArgumentException("x");
            },
        };

        await ThrownByAsync(router, isStreaming: false);

        await _root.OnlyAsync(_sink, AgentEventTypes.CallFailed);
        Assert.Single(_root.Spans.Spans, static span => span.OperationName == "chat stub-model");
    }

    [Fact]
    public async Task Call_OfAClientWhoseRequestsAreNotSeen_Failed()
    {
        using var client = ClientThrowing("call", new ArgumentException("x")).UseAgentObservability(_root.Root, static o => o.RecordAttempts = false);

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        await AssertFailedAsync("System.ArgumentException");
    }

    private static StubChatClient ClientThrowing(string way, Exception exception) => new()
    {
        OnResponse = _ => way == "task" ? Task.FromException<ChatResponse>(exception) : throw exception,
        OnStream = _ => way switch
        {
            "enumerator" => new StubUpdates { OnGetEnumerator = () => throw exception },
            "move" => StubUpdates.ThrowingAt(0, exception),
            _ => throw exception,
        },
    };

    private static StubChatClient ClientWaiting(StubGate gate, Exception exception) => new()
    {
        OnResponse = async _ =>
        {
            await gate.WaitAsync(Token);
            throw exception;
        },
        OnStream = _ => new StubUpdates
        {
            OnMoveNext = async (_, token) =>
            {
                await gate.WaitAsync(token);
                throw exception;
            },
        },
    };

    private async Task<Exception?> ThrownByAsync(IChatClient client, bool isStreaming) => await Record.ExceptionAsync(async () =>
    {
        _ = isStreaming ? (object)await _root.ReadAsync(client) : await _root.AskAsync(client);
    });

    private async Task AssertFailedAsync(string type)
    {
        var failed = await _root.OnlyAsync(_sink, AgentEventTypes.CallFailed);
        Assert.Equal(type, failed.Data["error_type"]);
        Assert.Equal(type, _root.Spans.Only().GetTagItem("error.type"));
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((1, 0), (ticket.Settled, ticket.Released));
    }
}
