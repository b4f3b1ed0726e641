using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.ModelContextProtocol;

/// <summary>Tools that a server of the protocol runs for an agent.</summary>
public sealed class ToolTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Tool_InAnAgent_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);

        await run.RecordAsync(() => RunAgentAsync(run, style, Weather.Tell));

        await run.ApproveAsync($"Tool.{style}.{content}");
    }

    [Theory]
    [InlineData(ContentMode.Off)]
    [InlineData(ContentMode.On)]
    public async Task Tool_FailsOnTheServer_IsAsApproved(ContentMode content)
    {
        await using var run = new LibraryRun(content);

        await run.RecordAsync(() => RunAgentAsync(run, CallStyle.Plain, Throw));

        await run.ApproveAsync($"FailedTool.{content}");
    }

    private static string Throw(string city) => throw new InvalidOperationException($"No station in {city}.");

    private static async Task<ChatResponse> RunAgentAsync(LibraryRun run, CallStyle style, Func<string, string> tell)
    {
        await using var server = await WeatherServer.StartAsync(tell, Token);
        using var agent = Weather.Scripted().AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        return await AskAsync(agent, style, new() { Tools = [.. await server.Client.ListToolsAsync(cancellationToken: Token)] });
    }
}
