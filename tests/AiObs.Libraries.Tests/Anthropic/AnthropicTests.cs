using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Anthropic;

/// <summary>Messages of Anthropic's SDK, which traces itself whenever somebody listens, in an agent.</summary>
public sealed class AnthropicTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Messages_InAnAgent_AreAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Weather.Replies);
        using var agent = Connect(server).AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(agent, style, new() { Tools = [Weather.Tool], MaxOutputTokens = 100 }));

        await run.ApproveAsync($"Messages.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Messages_ServiceRefuses_AreAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(ModelReply.Fail(429));
        using var client = Connect(server).UseAgentObservability(run.Root);

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"Refused.{style}");
    }

    private static IChatClient Connect(FakeServer server) =>
        new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = 0 })
            .AsIChatClient("claude-sonnet-4-5");
}
