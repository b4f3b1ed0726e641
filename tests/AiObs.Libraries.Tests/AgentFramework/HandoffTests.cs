using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.AgentFramework;

/// <summary>Agents that hand the work on by the tools that Agent Framework gives them.</summary>
public sealed class HandoffTests : LibraryTest
{
    [Theory]
    [InlineData(CallStyle.Plain, true)]
    [InlineData(CallStyle.Streamed, true)]
    [InlineData(CallStyle.Plain, false)]
    [InlineData(CallStyle.Streamed, false)]
    public async Task Workflow_WhoseModelCallsTheHandoffTool_TellsThatWorkIsHandedOnButNotToANumber(CallStyle style, bool isAgentObserved)
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var billing = Agent(root, "billing", new StubChatClient(), isAgentObserved);
        var model = new StubChatClient();
        model.OnResponse = call => Task.FromResult(AnswerTo(call));
        model.OnStream = call => new StubUpdates([.. AnswerTo(call).ToChatResponseUpdates()]);
        var triage = Agent(root, "triage", model, isAgentObserved);
        var workflow = AgentWorkflowBuilder.CreateHandoffBuilderWith(triage).WithHandoff(triage, billing, "Money.").Build();

        await RunAsync(workflow, style);

        var handoff = await root.OnlyAsync(sink, AgentEventTypes.AgentHandoff);
        Dictionary<string, object?> expected = new() { ["tool"] = "handoff_to_1" };
        if (isAgentObserved)
        {
            expected["from"] = "triage";
        }

        SpanAssert.Attributes(expected, handoff.Data);
    }

    [Fact]
    public async Task Workflow_OfTheHandoffBuilder_WritesNoSpanThatATargetCouldBeReadFrom()
    {
        await using var root = new EventRoot();
        using var spans = new SpanCollector("Microsoft.Agents.AI.Workflows");
        var billing = Agent(root, "billing", new StubChatClient(), isObserved: true);
        var model = new StubChatClient { OnResponse = call => Task.FromResult(AnswerTo(call)) };
        var triage = Agent(root, "triage", model, isObserved: true);

        await RunAsync(AgentWorkflowBuilder.CreateHandoffBuilderWith(triage).WithHandoff(triage, billing, "Money.").WithName("desk").Build(), CallStyle.Plain);

        Assert.Empty(spans.Spans);
    }

    [Fact]
    public async Task Workflow_OfEdges_TellsExecutorsAndNeitherAgentsNorWhatIsSentAndIsNoHandoff()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        using var spans = new SpanCollector("Microsoft.Agents.AI.Workflows");
        var writer = Agent(root, "writer", new StubChatClient(), isObserved: true).BindAsExecutor(emitEvents: false);
        var editor = Agent(root, "editor", new StubChatClient(), isObserved: true).BindAsExecutor(emitEvents: false);
        var workflow = new WorkflowBuilder(writer).AddEdge(writer, editor).WithOutputFrom(editor).WithOpenTelemetry().Build();

        await RunAsync(workflow, CallStyle.Plain);

        var edges = spans.Spans.Where(static span => span is { OperationName: "edge_group.process", Parent.OperationName: "message.send" }).ToList();
        Assert.True(edges.Count > 1, "One turn is several messages.");
        Assert.All(edges, edge => SpanAssert.Attributes(
            new()
            {
                ["edge_group.type"] = "DirectEdgeRunner",
                ["message.source_id"] = writer.Id,
                ["message.target_id"] = editor.Id,
                ["edge_group.delivered"] = true,
                ["edge_group.delivery_status"] = "delivered",
            },
            edge));
        Assert.All(edges, edge => SpanAssert.Attributes(new() { ["message.source_id"] = writer.Id }, edge.Parent!));
        await root.Events.FlushAsync(Token);
        Assert.DoesNotContain(sink.Accepted, static item => item.Type == AgentEventTypes.AgentHandoff);
    }

    private static ChatResponse AnswerTo(StubChatCall call) =>
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", call.Options!.Tools!.Single(static tool => tool.Name.StartsWith("handoff_to_", StringComparison.Ordinal)).Name)]));

    private static ChatClientAgent Agent(EventRoot root, string name, IChatClient model, bool isObserved)
    {
        var client = isObserved
            ? model.AsBuilder().UseAgent(name, root.Root).UseFunctionInvocation().UseAgentObservability(root.Root).Build()
            : model.UseAgentObservability(root.Root);
        return new ChatClientAgent(client, new ChatClientAgentOptions { Name = name, Description = $"{name} agent" });
    }

    private static async Task RunAsync(Workflow workflow, CallStyle style)
    {
        List<ChatMessage> messages = [new(ChatRole.User, Weather.Question)];
        await using var run = await InProcessExecution.Lockstep.RunStreamingAsync(workflow, messages, "session-1", Token);
        await run.TrySendMessageAsync(new TurnToken(emitEvents: style == CallStyle.Streamed));
        await foreach (var _ in run.WatchStreamAsync(Token))
        {
            // Only a run that is read to its end has ended.
        }
    }
}
