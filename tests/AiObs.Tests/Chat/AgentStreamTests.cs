using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class AgentStreamTests : AgentTest
{
    private static readonly ChatResponseUpdate[] Hello = [new(ChatRole.Assistant, "Hel"), new(ChatRole.Assistant, "lo.")];

    [Fact]
    public void GetStreamingResponseAsync_NeverRead_LeavesNoSpan()
    {
        using var agent = StubChatClient.Streaming(Hello).UseAgent("helper", Observe());

        _ = agent.GetStreamingResponseAsync("Hi", cancellationToken: Token);

        Assert.Empty(Spans.Started);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Abandoned_EndsTheSpanWithWhatCame()
    {
        using var model = StubChatClient.Streaming(Hello);
        using var agent = Agent(model, Observe());

        await foreach (var update in agent.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            Assert.Equal("Hel", update.Text);
            break;
        }

        var span = Spans.Only("invoke_agent helper");
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "AGENT",
                ["agent.name"] = "helper",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.agent.name"] = "helper",
                ["gen_ai.provider.name"] = "stub",
                ["aiobs.agent.iterations"] = 1L,
                ["input.value"] = "Hi",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = "Hel",
                ["output.mime_type"] = "text/plain",
            },
            span);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThrowsMidway_ThrowsTheSameAndKeepsWhatCame()
    {
        var exception = new InvalidOperationException("broken");
        using var model = new StubChatClient { OnStream = _ => StubUpdates.ThrowingAt(1, exception, Hello) };
        using var agent = model.UseAgent("helper", Observe());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(agent, isStreaming: true));

        Assert.Same(exception, thrown);
        var span = Spans.Only();
        SpanAssert.Status(ActivityStatusCode.Error, "broken", span);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal("Hel", span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallerCancels_MarksTheSpan()
    {
        var gate = new StubGate();
        using var source = new CancellationTokenSource();
        using var model = new StubChatClient { OnStream = _ => StubUpdates.WaitingAt(1, gate, Hello) };
        using var agent = model.UseAgent("helper", Observe());

        var run = agent.GetStreamingResponseAsync("Hi", cancellationToken: source.Token).ToChatResponseAsync(source.Token);
        await gate.Reached;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var span = Spans.Only();
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("Hel", span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Read_EveryMoveSeesTheSpanAndTheConsumerItsOwn()
    {
        using var outer = new Activity("outer").Start();
        var updates = new StubUpdates(Hello);
        using var agent = new StubChatClient { OnStream = _ => updates }.UseAgent("helper", Observe());

        await foreach (var _ in agent.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            Assert.Same(outer, Activity.Current);
        }

        Assert.Same(outer, Activity.Current);
        var span = Spans.Only();
        Assert.Equal([span, span, span], updates.MoveActivities);
        Assert.Equal(outer.SpanId, span.ParentSpanId);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_LoopPutsApprovalsInThePlaceOfCalls_ModelSpanKeepsTheCalls()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")));
        using var client = model.UseAgentObservability(Observe());

        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            update.Contents = [.. update.Contents.Select(content => content is FunctionCallContent call
                ? new ToolApprovalRequestContent("a1", call)
                : content)];
        }

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Rome"}}],"finish_reason":"unknown"}]""",
            Spans.Only().GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_WithTools_ToolsRunInsideOfTheRun()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("It is sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: true, Weather());

        Assert.Equal(["chat stub-model", "execute_tool weather", "chat stub-model"], ChildrenOf(Spans.Only("invoke_agent helper")));
    }
}
