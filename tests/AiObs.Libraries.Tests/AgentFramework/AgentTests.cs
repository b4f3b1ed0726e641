using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.AgentFramework;

/// <summary>An agent of the framework, which puts a function loop of its own around the chat client that it gets.</summary>
public sealed class AgentTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Run_OverAnObservedClient_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var agent = Agent(Weather.Scripted().UseAgentObservability(run.Root));

        await run.RecordAsync(() => RunAsync(agent, style));

        await run.ApproveAsync($"Observed.{style}.{content}");
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Run_TracedByTheFramework_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var agent = Agent(Weather.Scripted()).AsBuilder()
            .UseOpenTelemetry(configure: traced => traced.EnableSensitiveData = content != ContentMode.Off)
            .Build();

        await run.RecordAsync(() => RunAsync(agent, style));

        await run.ApproveAsync($"Traced.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Run_TracedByTheFrameworkOverAnObservedClient_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var agent = Agent(Weather.Scripted().UseAgentObservability(run.Root)).AsBuilder()
            .UseOpenTelemetry(configure: traced => traced.EnableSensitiveData = true)
            .Build();

        await run.RecordAsync(() => RunAsync(agent, style));

        await run.ApproveAsync($"TracedAndObserved.{style}");
    }

    private static ChatClientAgent Agent(IChatClient client) => new(client, new ChatClientAgentOptions
    {
        Id = "agent-1",
        Name = "weather-assistant",
        ChatOptions = new() { Instructions = Weather.System, Tools = [Weather.Tool] },
    });

    private static async Task RunAsync(AIAgent agent, CallStyle style)
    {
        if (style == CallStyle.Plain)
        {
            await agent.RunAsync(Weather.Question, cancellationToken: Token);
            return;
        }

        await foreach (var _ in agent.RunStreamingAsync(Weather.Question, cancellationToken: Token))
        {
            // Only a run that is read to its end has ended.
        }
    }
}
