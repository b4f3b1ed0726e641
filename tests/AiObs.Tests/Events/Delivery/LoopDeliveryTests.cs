using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events.Delivery;

/// <summary>Events of tools that function loops run wait for durable sinks with the next model call, or with the run.</summary>
public sealed class LoopDeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ToolCalled_LoopAsksAgain_IsConfirmedWithThatCall(bool isAgent, bool isStreaming)
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(sink: HoldingBack(AgentEventTypes.ToolCalled, gate));
        using var model = Model();
        using var client = Build(model, root.Root, isAgent);

        var run = RunAsync(client, isStreaming, AIFunctionFactory.Create(static () => "fine", "tool"));
        await gate.Reached;
        Assert.False(run.IsCompleted);
        Assert.Equal(2, model.Calls.Count);
        gate.Release();
        await run;

        Assert.Equal(
            [
                AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived,
                AgentEventTypes.ToolCalled, AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived,
                .. isAgent ? [AgentEventTypes.AgentCompleted] : Array.Empty<string>(),
            ],
            sink.AcceptedTypes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolCalled_ToolEndsTheLoop_IsConfirmedWithTheRun(bool isStreaming)
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(sink: HoldingBack(AgentEventTypes.ToolCalled, gate));
        using var client = Build(Model(), root.Root, isAgent: true);
        var last = AIFunctionFactory.Create(static () => { FunctionInvokingChatClient.CurrentContext!.Terminate = true; }, "tool");

        var run = RunAsync(client, isStreaming, last);
        await gate.Reached;
        Assert.False(run.IsCompleted);
        gate.Release();
        await run;

        Assert.Contains(AgentEventTypes.ToolCalled, sink.AcceptedTypes);
    }

    [Fact]
    public async Task ToolCalled_SinkFailsAndMayThrow_TheNextCallThrows()
    {
        await using var root = new EventRoot(static builder => builder.ConfigureEvents(static options => options.ShutdownTimeout = TimeSpan.Zero));
        root.AddDurable(
            static options => options.ThrowOnFailure = true,
            new StubEventSink
            {
                OnWrite = static (_, events, _) => events.Any(static item => item.Type == AgentEventTypes.ToolCalled)
                    ? throw new InvalidOperationException("down")
                    : ValueTask.CompletedTask,
            });
        using var client = Build(Model(), root.Root, isAgent: true);

        var run = RunAsync(client, isStreaming: false, AIFunctionFactory.Create(static () => "fine", "tool"));

        await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(run));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolCalled_OnlyASinkListens_IsRaisedOnceWithWhatMayBeSaid(bool isAgent)
    {
        await using var root = EventRoot.WithContent();
        root.Spans.Dispose();
        var sink = root.AddSink();
        using var client = Build(Model(), root.Root, isAgent);

        await RunAsync(client, isStreaming: false, AIFunctionFactory.Create(static () => "fine", "tool"));

        var raised = await root.OnlyAsync(sink, AgentEventTypes.ToolCalled);
        Assert.Equal("c1", raised.Data.Single(static fact => fact.Key == "call_id").Value);
        Assert.Equal(isAgent, raised.Content?.Contains("fine", StringComparison.Ordinal) is true);
    }

    private static StubChatClient Model() => StubChatClient.Scripted(
        new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "tool")])),
        new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")));

    private static IChatClient Build(IChatClient model, AgentObservability root, bool isAgent)
    {
        var loop = new FunctionInvokingChatClient(model.UseAgentObservability(root));

        return isAgent ? loop.UseAgent("helper", root) : loop;
    }

    private static async Task RunAsync(IChatClient client, bool isStreaming, AIFunction tool)
    {
        var options = new ChatOptions { Tools = [tool] };
        if (isStreaming)
        {
            await client.GetStreamingResponseAsync("Hi", options, Token).ToChatResponseAsync(Token);
        }
        else
        {
            await client.GetResponseAsync("Hi", options, Token);
        }
    }

    private static StubEventSink HoldingBack(string type, StubGate gate) => new()
    {
        OnWrite = (_, events, token) => events.Any(item => item.Type == type) ? new(gate.WaitAsync(token)) : ValueTask.CompletedTask,
    };
}
