using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Tracing;

/// <summary>What all kinds have in common: forms, failures, missing data, and nothing listening.</summary>
public sealed class AgentTracerTests
{
    private static readonly StepStart Step = new() { Input = "in" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TraceChainAsync_FunctionThrows_RecordsAndRethrowsTheSameException()
    {
        using var fixture = new TracerFixture();
        var thrown = new InvalidOperationException("broken");

        var caught = await Assert.ThrowsAsync<InvalidOperationException>(
            () => fixture.Tracer.TraceChainAsync("step", Step, Task<int> (_) => throw thrown, Token));

        Assert.Same(thrown, caught);
        SpanAssert.Status(ActivityStatusCode.Error, "broken", fixture.Spans.Only("step"));
    }

    [Fact]
    public async Task TraceChainAsync_WithoutResult_TracesToo()
    {
        using var fixture = new TracerFixture();

        await fixture.Tracer.TraceChainAsync("step", Step, _ => Task.CompletedTask, Token);

        Assert.Equal(OpenInferenceKind(fixture.Spans.Only("step")), "CHAIN");
    }

    [Fact]
    public void StartTool_Failed_FirstWordCounts()
    {
        using var fixture = new TracerFixture();

        using (var span = fixture.Tracer.StartTool("t", new ToolStart { Arguments = new Dictionary<string, object?>() }))
        {
            span.Fail(new TimeoutException("late"));
            span.Fail(new InvalidOperationException("second"));
        }

        var tool = fixture.Spans.Only("execute_tool t");
        SpanAssert.Status(ActivityStatusCode.Error, "late", tool);
        Assert.Equal("System.TimeoutException", tool.GetTagItem("error.type"));
    }

    [Fact]
    public void StartAgent_NestedSpans_ParentsAndAmbientActivityAreRight()
    {
        using var fixture = new TracerFixture();
        var before = Activity.Current;

        using (fixture.Tracer.StartAgent("outer", new AgentStart { Input = "a" }))
        {
            using (fixture.Tracer.StartTool("t", new ToolStart { Arguments = new Dictionary<string, object?>() }))
            {
            }

            using (fixture.Tracer.StartLlm("m", new LlmStart { Messages = [] }))
            {
            }
        }

        var agent = fixture.Spans.Only("invoke_agent outer");
        Assert.Same(agent, fixture.Spans.Only("execute_tool t").Parent);
        Assert.Same(agent, fixture.Spans.Only("chat m").Parent);
        Assert.Equal("outer", fixture.Spans.Only("execute_tool t").GetTagItem("gen_ai.agent.name"));
        Assert.Equal(1L, agent.GetTagItem("aiobs.agent.iterations"));
        Assert.Equal(new[] { "t" }, agent.GetTagItem("aiobs.agent.tools_used"));
        Assert.Same(before, Activity.Current);
    }

    [Fact]
    public async Task TraceAgentAsync_ParallelTools_AllAreChildrenOfTheAgent()
    {
        using var fixture = new TracerFixture();

        await fixture.Tracer.TraceAgentAsync("a", new AgentStart { Input = "x" }, _ => Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => fixture.Tracer.TraceToolAsync($"t{i}", new ToolStart { Arguments = new { i } }, async _ =>
            {
                await Task.Yield();
                return i;
            },
            Token))),
            Token);

        var agent = fixture.Spans.Only("invoke_agent a");
        Assert.All(Enumerable.Range(0, 8), i => Assert.Same(agent, fixture.Spans.Only($"execute_tool t{i}").Parent));
    }

    [Fact]
    public async Task TraceToolAsync_CallerCancels_IsCancelled()
    {
        using var fixture = new TracerFixture();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Tracer.TraceToolAsync(
            "t",
            new ToolStart { Arguments = new Dictionary<string, object?>() },
            async _ =>
            {
                await cancellation.CancelAsync();
                cancellation.Token.ThrowIfCancellationRequested();
                return 0;
            },
            cancellation.Token));

        Assert.Equal("System.OperationCanceledException", fixture.Spans.Only("execute_tool t").GetTagItem("error.type"));
    }

    [Fact]
    public async Task TraceAgentAsync_RequiredDataMissing_RunsUntracedAndWarnsOnce()
    {
        using var fixture = new TracerFixture();

        var first = await fixture.Tracer.TraceAgentAsync("a", new AgentStart(), span => Task.FromResult(span.IsTraced), Token);
        var second = await fixture.Tracer.TraceAgentAsync("a", new AgentStart(), span => Task.FromResult(span.IsTraced), Token);

        Assert.False(first || second);
        Assert.Empty(fixture.Spans.Spans);
        var warning = Assert.Single(fixture.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("Input", warning.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<AiObs.AgentTracer, AiObs.AgentSpan>> Incomplete => new()
    {
        { "name", tracer => tracer.StartChain(" ", Step) },
        { "Input", tracer => tracer.StartAgent("x", new AgentStart()) },
        { "Arguments", tracer => tracer.StartTool("x", new ToolStart()) },
        { "Messages", tracer => tracer.StartLlm("x", new LlmStart()) },
        { "Template", tracer => tracer.StartPrompt("x", new PromptStart { Variables = new Dictionary<string, object?>() }) },
        { "Variables", tracer => tracer.StartPrompt("x", new PromptStart { Template = "t" }) },
        { "Texts", tracer => tracer.StartEmbedding("x", new EmbeddingStart()) },
        { "Query", tracer => tracer.StartRetriever("x", new RetrieverStart()) },
        { "Query", tracer => tracer.StartReranker("x", new RerankerStart { Documents = [] }) },
        { "Documents", tracer => tracer.StartReranker("x", new RerankerStart { Query = "q" }) },
        { "Input", tracer => tracer.StartGuardrail("x", new StepStart()) },
        { "Input", tracer => tracer.StartEvaluator("x", new StepStart()) },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Start_RequiredDataMissing_WarningNamesIt(string missing, Func<AiObs.AgentTracer, AiObs.AgentSpan> start)
    {
        using var fixture = new TracerFixture();

        using var span = start(fixture.Tracer);

        Assert.False(span.IsTraced);
        Assert.Equal(missing, Assert.Single(fixture.Logs.GetSnapshot()).GetStructuredStateValue("Missing"));
    }

    [Fact]
    public async Task Trace_NothingListens_RunsTheFunctionItself()
    {
        using var fixture = new TracerFixture(isListening: false);
        var task = Task.FromResult(1);

        var traced = fixture.Tracer.TraceChainAsync("step", Step, _ => task, Token);

        Assert.Same(task, traced);
        Assert.Equal(1, await traced);
        Assert.False(fixture.Tracer.StartChain("step", Step).IsTraced);
    }

    [Fact]
    public void AddEvent_OnASpan_StandsOnIt()
    {
        using var fixture = new TracerFixture();

        using (var span = fixture.Tracer.StartChain("step", Step))
        {
            span.AddEvent("cache.miss", [new("key", "k1")]);
        }

        var written = Assert.Single(fixture.Spans.Only("step").Events);
        Assert.Equal("cache.miss", written.Name);
        Assert.Equal([new("key", "k1")], written.Tags);
    }

    [Fact]
    public void TraceAgent_ContentOff_WritesNoContent()
    {
        using var fixture = new TracerFixture(options => options.CaptureContent = ContentCapture.None);

        fixture.Tracer.TraceAgent("a", new AgentStart { Input = "canary-in" }, _ => "canary-out");

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "AGENT",
                ["agent.name"] = "a",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.agent.name"] = "a",
            },
            fixture.Spans.Only("invoke_agent a"));
    }

    [Fact]
    public void TraceLlm_Completion_IsATextCompletion()
    {
        using var fixture = new TracerFixture();

        fixture.Tracer.TraceLlm("m", new LlmStart { Messages = [new(ChatRole.User, "Once")], IsTextCompletion = true }, _ => "upon");

        Assert.Equal("text_completion", fixture.Spans.Only("text_completion m").GetTagItem("gen_ai.operation.name"));
    }

    [Fact]
    public void Stop_ArgumentsContainThemselves_WorkGoesOn()
    {
        using var fixture = new TracerFixture();
        var cycle = new List<object>();
        cycle.Add(cycle);

        var result = fixture.Tracer.TraceTool("t", new ToolStart { Arguments = cycle }, _ => 5);

        Assert.Equal(5, result);
        Assert.Equal("[\"[contains itself]\"]", fixture.Spans.Only("execute_tool t").GetTagItem("gen_ai.tool.call.arguments"));
    }

    private static object? OpenInferenceKind(Activity span) => span.GetTagItem("openinference.span.kind");
}
