using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Traces;

public sealed class KeptSpanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Well."))
    {
        ModelId = "model-1",
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
    };

    [Fact]
    public async Task AddTraces_CallWithContent_IsKeptWithItsContentApart()
    {
        await using var traced = new TracedRoot(build: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans));

        using (AgentContext.Begin(conversationId: "c-1", userId: "ann", sessionId: "s-1", tags: ["red"]))
        {
            await traced.AskAsync(StubChatClient.Answering(Answer), text: "What?");
        }

        var span = Assert.Single(await traced.SpansAsync());
        Assert.Equal(
            (traced.Source, "chat stub-model", OperationKind.Chat, "stub", "model-1", true, false),
            (span.Source, span.Name, span.Kind!.Value, span.Provider, span.Model, span.IsRoot, span.IsError));
        Assert.Equal(("c-1", "ann", "s-1", 7L, 3L), (span.ConversationId, span.UserId, span.SessionId, span.InputTokens, span.OutputTokens));
        Assert.Equal(["red"], span.Tags);
        Assert.Contains("What?", span.Content!.Attributes, StringComparison.Ordinal);
        Assert.Contains("Well.", span.Content.Attributes, StringComparison.Ordinal);
        Assert.Contains("\"gen_ai.response.model\":\"model-1\"", span.Attributes, StringComparison.Ordinal);
        Assert.DoesNotContain("What?", span.Attributes, StringComparison.Ordinal);
        Assert.DoesNotContain("Well.", span.Attributes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddTraces_ContentOff_KeepsNothingOfWhatWasSaid()
    {
        await using var traced = new TracedRoot();

        await traced.AskAsync(StubChatClient.Answering(Answer), text: "What?");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await traced.AskAsync(StubChatClient.Throwing(new InvalidOperationException("Secret."))));

        foreach (var span in await traced.SpansAsync())
        {
            Assert.DoesNotContain("What?", $"{span.Attributes}{span.Events}{span.Content}", StringComparison.Ordinal);
            Assert.DoesNotContain("Secret.", $"{span.Attributes}{span.Events}{span.Content}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AddTraces_FailedCall_HasItsErrorAndTheMessageAmongContent()
    {
        await using var traced = new TracedRoot(build: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await traced.AskAsync(StubChatClient.Throwing(new InvalidOperationException("Secret."))));

        var span = Assert.Single(await traced.SpansAsync());
        Assert.Equal((true, "System.InvalidOperationException"), (span.IsError, span.ErrorType));
        Assert.Contains("\"otel.status_description\":\"Secret.\"", span.Content!.Attributes, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret.", $"{span.Attributes}{span.Events}", StringComparison.Ordinal);
        Assert.Equal(TraceStatus.Error, Assert.Single((await traced.Store.ListAsync(TraceQuery.All, Stop)).Traces).Status);
    }

    [Fact]
    public async Task AddTraces_Agent_IsTheTopAndNamesItsCalls()
    {
        await using var traced = new TracedRoot();

        await traced.Root.Tracer.TraceAgentAsync("weather", new AgentStart { Input = "x" }, async _ => await traced.AskAsync(StubChatClient.Answering(Answer)), Stop);

        var spans = await traced.SpansAsync();
        Assert.Equal([("invoke_agent weather", true, "weather"), ("chat stub-model", false, "weather")], spans.Select(static span => (span.Name, span.IsRoot, span.Agent)));
        var trace = Assert.Single((await traced.Store.ListAsync(TraceQuery.All, Stop)).Traces);
        Assert.Equal(("invoke_agent weather", OperationKind.Agent, TraceStatus.Ok, 2L, 1L), (trace.Name, trace.Kind!.Value, trace.Status, trace.SpanCount, trace.CallCount));
    }

    [Fact]
    public async Task RunningSpans_WhileACallRuns_HasItWithoutContent()
    {
        await using var traced = new TracedRoot(build: static builder => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans));
        IReadOnlyList<SpanRecord> running = [];
        var inner = new StubChatClient
        {
            OnResponse = _ =>
            {
                running = traced.Root.RunningSpans!.List();
                return Task.FromResult(Answer);
            },
        };

        await traced.AskAsync(inner, text: "What?");

        var span = Assert.Single(running);
        Assert.Equal(("chat stub-model", OperationKind.Chat, null), (span.Name, span.Kind!.Value, span.Content));
        Assert.Empty(traced.Root.RunningSpans!.List());
    }

    [Fact]
    public async Task RunningSpans_CallThatItsClientRefused_RunsNoLonger()
    {
        await using var traced = new TracedRoot();

        await Assert.ThrowsAsync<ArgumentException>(async () => await traced.AskAsync(StubChatClient.Throwing(new ArgumentException("No."))));

        Assert.Empty(traced.Root.RunningSpans!.List());
        Assert.Empty(await traced.SpansAsync());
    }

    [Fact]
    public async Task RunningSpans_ToolOfAFunctionLoop_IsThereOnceWhileItRuns()
    {
        await using var traced = new TracedRoot();
        IReadOnlyList<SpanRecord> running = [];
        var tool = AIFunctionFactory.Create(() => running = traced.Root.RunningSpans!.List(), "clock");
        using var model = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "clock")])), Answer);
        using var agent = new FunctionInvokingChatClient(model.UseAgentObservability(traced.Root)).UseAgent("a", traced.Root);

        await agent.GetResponseAsync("Hi", new() { Tools = [tool] }, Stop);

        Assert.Equal(1, running.Count(static span => span.Name == "execute_tool clock"));
        Assert.Empty(traced.Root.RunningSpans!.List());
    }

    [Fact]
    public async Task AddTraces_Suppressed_KeepsNothing()
    {
        await using var traced = new TracedRoot();

        using (AgentContext.Suppress())
        {
            await traced.AskAsync(StubChatClient.Answering(Answer));
        }

        Assert.Empty(await traced.SpansAsync());
    }

    [Fact]
    public async Task AddTraces_OtherListener_IsGivenNoRecordedSpan()
    {
        await using var traced = new TracedRoot();
        using var spans = new SpanCollector(traced.Source, System.Diagnostics.ActivitySamplingResult.None);

        await traced.AskAsync(StubChatClient.Answering(Answer));

        Assert.False(spans.Only().Recorded);
        Assert.Single(await traced.SpansAsync());
    }

    [Fact]
    public async Task Create_WithoutTraces_HandsOutTheInnerTask()
    {
        using var root = AgentObservability.Create(static builder =>
            builder.Configure(static options => options.SourceName = $"untraced-{Guid.NewGuid():N}").AddStore(static s => s.UseInMemory().Keep(StoreParts.Traces)));
        var answer = Task.FromResult(Answer);
        using var client = new StubChatClient { OnResponse = _ => answer }.UseAgentObservability(root);

        Assert.Same(answer, client.GetResponseAsync("Hi", cancellationToken: Stop));
        Assert.Null(root.Latencies);
        Assert.Null(root.RunningSpans);
        await root.FlushTracesAsync(Stop);
    }
}
