using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>The function loop without an agent around it, inside and outside of the observed client.</summary>
public sealed class LoopWithoutAgentTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Loop_AroundAnObservedModel_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        using var client = Weather.Scripted().AsBuilder()
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(client, style, new() { Tools = [Weather.Tool] }));

        await run.ApproveAsync($"LoopAlone.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Loop_InsideOfAnObservedClient_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        using var client = Weather.Scripted().AsBuilder()
            .UseAgentObservability(run.Root)
            .UseFunctionInvocation()
            .Build();

        await run.RecordAsync(() => AskAsync(client, style, new() { Tools = [Weather.Tool] }));

        await run.ApproveAsync($"LoopInside.{style}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Loop_ResponsesHaveNoIds_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.Off);
        var model = StubChatClient.Scripted(WithoutId(Weather.Call), WithoutId(Weather.Says));
        model.Metadata = new("openai", defaultModelId: Weather.Model);
        using var client = model.AsBuilder()
            .UseAgentObservability(run.Root)
            .UseFunctionInvocation(configure: loop => loop.AdditionalTools = [Weather.Tool])
            .Build();

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"LoopInside.NoIds.{style}");
    }

    private static ChatResponse WithoutId(ChatResponse response)
    {
        response.ResponseId = null;
        return response;
    }
}
