using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>The pipeline of the quick start on the real builder and the real function loop: an agent, the loop, an observed model.</summary>
public sealed class AgentLoopTests : LibraryTest
{
    public static MatrixTheoryData<CallStyle, ContentMode> EachWayAndHidden => new(
        [CallStyle.Plain, CallStyle.Streamed], [ContentMode.Off, ContentMode.On, ContentMode.Masked, ContentMode.Hidden]);

    [Theory]
    [MemberData(nameof(EachWayAndHidden))]
    public async Task Agent_CallsATool_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        using var agent = Agent(run, Weather.Scripted());

        await run.RecordAsync(() => AskAsync(agent, style, new() { Tools = [Weather.Tool], Temperature = 0.5f }));

        await run.ApproveAsync($"AgentLoop.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Agent_CallsTwoToolsAtOnce_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var model = Weather.Scripted(Weather.Asking(Call("call_1", "first"), Call("call_2", "second")), Weather.Says);
        var bothRun = new TaskCompletionSource();
        using var agent = Agent(run, model, loop => loop.AllowConcurrentInvocation = true);

        await run.RecordAsync(() => AskAsync(agent, style, new()
        {
            Tools = [AIFunctionFactory.Create(First, "first"), AIFunctionFactory.Create(Second, "second")],
        }));

        await run.ApproveAsync($"ParallelTools.{style}");

        async Task<string> First()
        {
            await bothRun.Task;
            return "one";
        }

        string Second()
        {
            // What waits goes on here and ends first, whatever the machine does besides.
            bothRun.SetResult();
            return "two";
        }
    }

    [Fact]
    public async Task Agent_ToolNeedsApproval_IsAsApproved()
    {
        await using var run = new LibraryRun(ContentMode.On);
        using var agent = Agent(run, Weather.Scripted());
        var options = new ChatOptions { Tools = [new ApprovalRequiredAIFunction(Weather.Tool)] };
        List<ChatMessage> messages = [.. Weather.Conversation];

        var asked = await agent.GetResponseAsync(messages, options, Token);
        messages.AddMessages(asked);
        var request = asked.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
        messages.Add(new(ChatRole.User, [request.CreateResponse(approved: true)]));
        await agent.GetResponseAsync(messages, options, Token);

        await run.ApproveAsync("Approval");
    }

    private static FunctionCallContent Call(string id, string name) => new(id, name, new Dictionary<string, object?>());

    private static IChatClient Agent(LibraryRun run, IChatClient model, Action<FunctionInvokingChatClient>? configure = null) => model.AsBuilder()
        .UseAgent("weather-assistant", run.Root)
        .UseFunctionInvocation(configure: configure)
        .UseAgentObservability(run.Root)
        .Build();
}
