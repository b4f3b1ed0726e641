using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.Libraries.Tests.OpenAI;

/// <summary>The SDK's own client, observed in its pipeline, by itself and below an observed chat client.</summary>
public sealed class RawTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task ChatClient_ObservedInItsPipeline_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Weather.Reply);
        var client = Sdk.Connect(server, options => options.UseAgentObservability(run.Root)).GetChatClient(Weather.Model);

        await run.RecordAsync(() => AskRawAsync(client, style));

        await run.ApproveAsync($"Raw.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task ChatClient_ObservedInItsPipelineAndAround_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(Weather.Replies);
        using var agent = Sdk.Connect(server, options => options.UseAgentObservability(run.Root)).GetChatClient(Weather.Model).AsIChatClient()
            .AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(agent, style, new() { Tools = [Weather.Tool] }));

        await run.ApproveAsync($"RawAndObserved.{style}");
    }

    private static async Task AskRawAsync(ChatClient client, CallStyle style)
    {
        global::OpenAI.Chat.ChatMessage[] messages = [new SystemChatMessage(Weather.System), new UserChatMessage(Weather.Question)];
        if (style == CallStyle.Plain)
        {
            await client.CompleteChatAsync(messages, cancellationToken: Token);
            return;
        }

        await foreach (var _ in client.CompleteChatStreamingAsync(messages, cancellationToken: Token))
        {
            // Only a stream that is read to its end has ended.
        }
    }
}
