using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events;

/// <summary>What agents leave beside the events of their calls: that they have run, and to whom they hand the work.</summary>
public sealed class AgentEventOfRunsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agent_WithNestedAgentAndTool_SaysWhatAllInsideTook()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        using (root.Root.Tracer.StartAgent("outer", new AgentStart { Input = "x", Id = "o" }))
        {
            await root.AskAsync(Calls.Answering);
            using (root.Root.Tracer.StartTool("search", new ToolStart { Arguments = "x" }))
            using (root.Root.Tracer.StartAgent("inner", new AgentStart { Input = "x" }))
            {
                await root.AskAsync(Calls.Answering);
                root.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var runs = await root.AllAsync(sink, AgentEventTypes.AgentCompleted);
        Assert.Equal(2, runs.Count);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "invoke_agent",
                ["agent"] = "inner",
                ["outcome"] = "completed",
                ["duration_ms"] = 1000.0,
                ["model_calls"] = 1,
                ["input_tokens"] = 7L,
                ["output_tokens"] = 3L,
            },
            runs[0].Data);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "invoke_agent",
                ["agent"] = "outer",
                ["agent_id"] = "o",
                ["outcome"] = "completed",
                ["duration_ms"] = 1000.0,
                ["model_calls"] = 2,
                ["tool_calls"] = 1,
                ["input_tokens"] = 14L,
                ["output_tokens"] = 6L,
            },
            runs[1].Data);
        Assert.Equal(root.Spans.Only("invoke_agent outer").SpanId.ToHexString(), runs[1].SpanId);
    }

    [Fact]
    public async Task Agent_Throws_SaysHowItEnded()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.Root.Tracer.TraceAgentAsync<int>(
            "planner", new AgentStart { Input = "x" }, _ => throw new InvalidOperationException("no"), Token));

        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "invoke_agent",
                ["agent"] = "planner",
                ["outcome"] = "failed",
                ["duration_ms"] = 0.0,
                ["error_type"] = "System.InvalidOperationException",
                ["exception_type"] = "System.InvalidOperationException",
            },
            (await root.OnlyAsync(sink, AgentEventTypes.AgentCompleted)).Data);
    }

    [Theory]
    [InlineData("handoff_to_billing", "billing", false)]
    [InlineData("handoff_to_billing", "billing", true)]
    [InlineData("transfer_to_billing", "billing", false)]
    [InlineData("Handoff-transfer_to_billing", "billing", false)]
    [InlineData("handoff_to_", null, false)]
    [InlineData("my_handoff_to_billing", null, false)]
    public async Task Agent_WhoseModelCallsAHandoffTool_HandsOff(string tool, string? target, bool isStreaming)
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", tool)]));
        using var client = (isStreaming ? StubChatClient.Streaming([.. answer.ToChatResponseUpdates()]) : StubChatClient.Answering(answer))
            .UseAgentObservability(root.Root);

        using (AgentContext.Begin(conversationId: "c1"))
        using (root.Root.Tracer.StartAgent("triage", new AgentStart { Input = "x" }))
        {
            await Calls.MakeAsync(client, isStreaming);
        }

        var handoffs = await root.AllAsync(sink, AgentEventTypes.AgentHandoff);
        if (target is null)
        {
            Assert.Empty(handoffs);
            return;
        }

        var handoff = Assert.Single(handoffs);
        SpanAssert.Attributes(new() { ["from"] = "triage", ["to"] = target }, handoff.Data);
        Assert.Equal(("c1", root.Spans.Only("chat stub-model").SpanId.ToHexString()), (handoff.ConversationId, handoff.SpanId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_OfAHandoffToolOutsideOfAgents_HandsOffFromNobody(bool isStreaming)
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "handoff_to_billing")]));
        using var client = (isStreaming ? StubChatClient.Streaming([.. answer.ToChatResponseUpdates()]) : StubChatClient.Answering(answer))
            .UseAgentObservability(root.Root);

        await Calls.MakeAsync(client, isStreaming);

        SpanAssert.Attributes(new() { ["to"] = "billing" }, (await root.OnlyAsync(sink, AgentEventTypes.AgentHandoff)).Data);
    }

    [Fact]
    public async Task HandOff_InAnAgent_RaisesAnEventOnItsSpan()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        using (AgentContext.Begin(userId: "u1"))
        using (root.Root.Tracer.StartAgent("triage", new AgentStart { Input = "x" }))
        {
            root.Root.Tracer.HandOff("triage", "billing");
        }

        var handoff = await root.OnlyAsync(sink, AgentEventTypes.AgentHandoff);
        SpanAssert.Attributes(new() { ["from"] = "triage", ["to"] = "billing" }, handoff.Data);
        Assert.Equal(("u1", root.Spans.Only().SpanId.ToHexString()), (handoff.UserId, handoff.SpanId));
    }

    [Theory]
    [InlineData("", "b")]
    [InlineData("a", " ")]
    public async Task HandOff_WithoutAName_Throws(string from, string to)
    {
        await using var root = new EventRoot();

        Assert.Throws<ArgumentException>(() => root.Root.Tracer.HandOff(from, to));
    }
}
