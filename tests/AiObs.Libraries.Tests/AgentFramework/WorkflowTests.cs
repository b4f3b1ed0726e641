using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.AgentFramework;

/// <summary>A workflow of two agents, one after the other.</summary>
public sealed class WorkflowTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Workflow_OfTwoAgents_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var first = Agent(run, "writer", Weather.Scripted(Weather.Says));
        var second = Agent(run, "editor", Weather.Scripted(Weather.Said(new TextContent("22 degrees."))));
        var builder = new WorkflowBuilder(first)
            .AddEdge(first, second)
            .WithOutputFrom(second)
            .WithName("weather-report")
            .WithOpenTelemetry();

        await run.RecordAsync(() => RunAsync(builder.Build(), style));

        await run.ApproveAsync($"Workflow.{style}.{content}");
    }

    private static ExecutorBinding Agent(LibraryRun run, string name, IChatClient model) =>
        new ChatClientAgent(model.UseAgentObservability(run.Root), new ChatClientAgentOptions { Id = name, Name = name })
            .BindAsExecutor(emitEvents: true);

    private static async Task RunAsync(Workflow workflow, CallStyle style)
    {
        // Step by step as its reader asks: on a thread of its own, in how many goes a workflow takes its messages is chance.
        List<ChatMessage> messages = [new(ChatRole.User, Weather.Question)];
        if (style == CallStyle.Plain)
        {
            await using var finished = await InProcessExecution.Lockstep.RunAsync(workflow, messages, "session-1", Token);
            return;
        }

        await using var streaming = await InProcessExecution.Lockstep.RunStreamingAsync(workflow, messages, "session-1", Token);
        await streaming.TrySendMessageAsync(new TurnToken(emitEvents: true));
        await foreach (var _ in streaming.WatchStreamAsync(Token))
        {
            // Only a run that is read to its end has ended.
        }
    }
}
