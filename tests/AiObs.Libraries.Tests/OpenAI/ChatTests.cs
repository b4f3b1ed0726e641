using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.OpenAI;

/// <summary>Chat completions and responses of the SDK as an <see cref="IChatClient"/>, in an agent.</summary>
public sealed class ChatTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task ChatCompletions_InAnAgent_AreAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Weather.Replies);
        using var agent = Agent(run, Sdk.Connect(server).GetChatClient(Weather.Model).AsIChatClient());

        await run.RecordAsync(() => AskAsync(agent, style, Options));

        await run.ApproveAsync($"ChatCompletions.{style}.{content}");
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Responses_InAnAgent_AreAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Weather.Replies);
        using var agent = Agent(run, Sdk.Connect(server).GetResponsesClient().AsIChatClient(Weather.Model));

        await run.RecordAsync(() => AskAsync(agent, style, Options));

        await run.ApproveAsync($"Responses.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain, 401)]
    [InlineData(CallStyle.Plain, 429)]
    [InlineData(CallStyle.Streamed, 429)]
    public async Task ChatCompletions_ServiceRefuses_AreAsApproved(CallStyle style, int status)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(ModelReply.Fail(status));
        using var client = Sdk.Connect(server).GetChatClient(Weather.Model).AsIChatClient().UseAgentObservability(run.Root);

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"Refused.{style}.{status}");
    }

    private static ChatOptions Options => new() { Tools = [Weather.Tool], Temperature = 0.5f, MaxOutputTokens = 100 };

    private static IChatClient Agent(LibraryRun run, IChatClient model) => model.AsBuilder()
        .UseAgent("weather-assistant", run.Root)
        .UseFunctionInvocation()
        .UseAgentObservability(run.Root)
        .Build();
}
