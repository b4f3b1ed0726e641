using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

/// <summary>Gates of an application's own: whatever they do, a call that they do not refuse is made, and each hears of the end of what it let through once.</summary>
public sealed class CallGateTests : IDisposable
{
    private readonly string _source = $"gates-{Guid.NewGuid():N}";
    private readonly SpanCollector _spans;
    private readonly MetricCollector _metrics;
    private readonly CountingGate _gate = new();
    private readonly StubChatClient _model = new();

    public CallGateTests()
    {
        _spans = new SpanCollector(_source);
        _metrics = new MetricCollector(_source);
    }

    public static TheoryData<bool, bool> StylesAndDelays => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _metrics.Dispose();
        _spans.Dispose();
    }

    [Theory]
    [MemberData(nameof(StylesAndDelays))]
    public async Task Admitted_NowOrLater_IsMadeOnItsSpanAndSettledOnce(bool isStreaming, bool isLate)
    {
        Activity? inside = null;
        _model.OnResponse = _ =>
        {
            inside = Activity.Current;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));
        };
        _model.OnStream = _ =>
        {
            inside = Activity.Current;
            return new StubUpdates(new(ChatRole.Assistant, "Hel"), new(ChatRole.Assistant, "lo."));
        };
        Delay(isLate);
        using var root = Root();

        var text = await AskAsync(_model.UseAgentObservability(root), isStreaming);

        Assert.Equal("Hello.", text);
        Assert.Same(_spans.Only(), inside);
        Assert.Null(Activity.Current);
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((1, 0), (ticket.Settled, ticket.Released));
        Assert.Equal(isStreaming ? ["Hel", "lo."] : [], ticket.Taken.Select(static update => update.Text));
        Assert.Equal(isStreaming ? null : "Hello.", ticket.Noted?.Text);
        Assert.Equal("Hi", Assert.Single(ticket.Request.Messages!).Text);
        Assert.Equal(OperationOutcome.Completed, ticket.Request.Operation.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Admitted_LaterWhileTheStreamIsRead_LeavesTheConsumersFlowAlone(bool leavesEarly)
    {
        Delay(isLate: true);
        using var root = Root();
        using var outer = new Activity("outer").Start();

        await foreach (var _ in _model.UseAgentObservability(root).GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            Assert.Same(outer, Activity.Current);
            if (leavesEarly)
            {
                break;
            }
        }

        Assert.Same(outer, Activity.Current);
        Assert.Equal(1, Assert.Single(_gate.Tickets).Settled);
        Assert.Equal(leavesEarly ? "abandoned" : "completed", _spans.Only().GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(outer.SpanId, _spans.Only().ParentSpanId);
    }

    [Theory]
    [MemberData(nameof(StylesAndDelays))]
    public async Task Refused_NowOrLater_ThrowsWithoutACallOrSpanAndReleasesTheOthers(bool isStreaming, bool isLate)
    {
        var refusal = new RefusedException();
        var second = new CountingGate
        {
            Wait = async (_, _) =>
            {
                if (isLate)
                {
                    await Task.Yield();
                }

                throw refusal;
            },
        };
        using var root = Root(second);

        var thrown = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(_model.UseAgentObservability(root), isStreaming));

        Assert.Same(refusal, thrown);
        Assert.Empty(_model.Calls);
        Assert.Empty(_spans.Spans);
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((0, 1), (ticket.Settled, ticket.Released));
    }

    [Theory]
    [MemberData(nameof(StylesAndDelays))]
    public async Task Broken_NowOrLater_IsCountedAndTheCallIsMade(bool isStreaming, bool isLate)
    {
        var broken = new CountingGate
        {
            Wait = async (_, _) =>
            {
                if (isLate)
                {
                    await Task.Yield();
                }

                throw new InvalidOperationException("gate");
            },
        };
        using var root = Root(broken);

        Assert.Equal("Hello.", await AskAsync(_model.UseAgentObservability(root), isStreaming));

        Assert.Equal("gate", _metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        Assert.Equal(1, Assert.Single(_gate.Tickets).Settled);
        Assert.Single(_spans.Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_WhileAGateIsAsked_ReleasesTheOthers(bool isStreaming)
    {
        using var stop = new CancellationTokenSource();
        var asked = new StubGate();
        var hanging = new CountingGate { Wait = (_, token) => asked.WaitAsync(token) };
        using var root = Root(hanging);

        var call = AskAsync(_model.UseAgentObservability(root), isStreaming, stop.Token);
        await asked.Reached;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(_model.Calls);
        Assert.Empty(_spans.Spans);
        Assert.Empty(_metrics.Of("aiobs.faults"));
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((0, 1), (ticket.Settled, ticket.Released));
    }

    [Fact]
    public async Task Limiting_Stream_EndsItAndIsNamedOnTheSpan()
    {
        _gate.MostUpdates = 2;
        _model.OnStream = static _ => new StubUpdates([.. Enumerable.Repeat(0, 9).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "word "))]);
        using var root = Root();

        Assert.Equal("word word ", await AskAsync(_model.UseAgentObservability(root), isStreaming: true));

        Assert.Equal("counting", _spans.Only().GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(1, Assert.Single(_gate.Tickets).Settled);
    }

    [Fact]
    public async Task Embeddings_AdmittedLater_AreSettledOnce()
    {
        Delay(isLate: true);
        using var root = Root();
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>()));

        await generator.UseAgentObservability(root).GenerateAsync(["one"], cancellationToken: Token);

        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((1, 0), (ticket.Settled, ticket.Released));
        Assert.Equal(["one"], Assert.IsType<IEnumerable<string>>(ticket.Request.Values, exactMatch: false));
        Assert.Null(ticket.Request.Messages);
    }

    [Fact]
    public async Task Traced_CallOfTheApplicationsOwn_IsAdopted()
    {
        using var root = Root();

        await root.Tracer.TraceLlmAsync("m", new LlmStart { Messages = [new(ChatRole.User, "Hi")] }, static _ => Task.FromResult(0), Token);

        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((1, 0), (ticket.Settled, ticket.Released));
    }

    [Fact]
    public async Task Traced_AroundAnObservedCall_IsReleasedAndTheInnerOneSettled()
    {
        using var root = Root();
        var client = _model.UseAgentObservability(root);

        await root.Tracer.TraceLlmAsync("m", new LlmStart { Messages = [new(ChatRole.User, "Hi")] }, _ => AskAsync(client, isStreaming: false), Token);

        Assert.Equal([(0, 1), (1, 0)], _gate.Tickets.Select(static ticket => (ticket.Settled, ticket.Released)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SwitchedOff_Call_IsStillAskedAboutAndSettledWithoutAnythingElse(bool isStreaming)
    {
        using var root = Root();
        root.Enabled = false;

        Assert.Equal("Hello.", await AskAsync(_model.UseAgentObservability(root), isStreaming));

        Assert.Empty(_spans.Spans);
        Assert.Empty(_metrics.Measurements);
        var ticket = Assert.Single(_gate.Tickets);
        Assert.Equal((1, 0), (ticket.Settled, ticket.Released));
    }

    [Fact]
    public async Task SwitchedOffByOption_AroundAnObservedClient_AsksOnce()
    {
        using var root = Root();
        var client = _model.UseAgentObservability(root).UseAgentObservability(root, static o => o.Enabled = false);

        await AskAsync(client, isStreaming: false);

        Assert.Single(_gate.Tickets);
        Assert.Single(_spans.Spans);
    }

    [Fact]
    public async Task Suppressed_Call_IsNotAskedAbout()
    {
        using var root = Root();
        using (AgentContext.Suppress())
        {
            await AskAsync(_model.UseAgentObservability(root), isStreaming: false);
        }

        Assert.Empty(_gate.Tickets);
    }

    [Fact]
    public async Task Tickets_OneThrows_TheOtherIsSettledAndTheCallIsWell()
    {
        var broken = new ThrowingGate();
        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = _source).AddCallGate(broken).AddCallGate(_gate));

        Assert.Equal("Hello.", await AskAsync(_model.UseAgentObservability(root), isStreaming: true));
        Assert.Equal("Hello.", await AskAsync(_model.UseAgentObservability(root), isStreaming: false));

        Assert.All(_gate.Tickets, static ticket => Assert.Equal((1, 0), (ticket.Settled, ticket.Released)));
        Assert.Equal(2, _gate.Tickets.First().Taken.Count);
        Assert.Equal(2, _spans.Spans.Count);
        Assert.All(_metrics.Of("aiobs.faults"), static fault => Assert.Contains(fault.Tags["aiobs.part"], (string[])["gate", "limited stream"]));
    }

    private AgentObservability Root(params ICallGate[] further) => AgentObservability.Create(builder =>
    {
        builder.Configure(o => o.SourceName = _source).AddCallGate(_gate);
        foreach (var gate in further)
        {
            builder.AddCallGate(gate);
        }
    });

    private void Delay(bool isLate) => _gate.Wait = isLate ? static async (_, _) => await Task.Yield() : null;

    private static async Task<string> AskAsync(IChatClient client, bool isStreaming, CancellationToken? token = null)
    {
        if (!isStreaming)
        {
            return (await client.GetResponseAsync("Hi", cancellationToken: token ?? Token)).Text;
        }

        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: token ?? Token))
        {
            text += update.Text;
        }

        return text;
    }

    private sealed class RefusedException : CallRefusedException;

    /// <summary>A gate of which everything throws but what lets calls through.</summary>
    private sealed class ThrowingGate : ICallGate
    {
        public ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken) => new(new Ticket());

        public CallTicket? Adopt(CallRequest request) => throw new InvalidOperationException("adopt");

        private sealed class Ticket : CallTicket
        {
            public override string Name => throw new InvalidOperationException("name");

            public override bool LimitsStream => true;

            public override TimeSpan CloseTimeout => throw new InvalidOperationException("timeout");

            public override bool IsExhausted => throw new InvalidOperationException("exhausted");

            public override void Take(ChatResponseUpdate update) => throw new InvalidOperationException("take");

            public override void Note(ChatResponse response) => throw new InvalidOperationException("note");

            public override CallCost? Settle(ModelOperation ended) => throw new InvalidOperationException("settle");

            public override void Release() => throw new InvalidOperationException("release");
        }
    }
}
