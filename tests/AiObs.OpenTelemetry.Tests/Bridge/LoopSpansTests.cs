using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Function loops take our source for spans of their own.</summary>
[Collection(KnownSources.Name)]
public sealed class LoopSpansTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loop_AroundOurClient_HasAChainAndAToolOnOurSource()
    {
        using var scene = new BridgeScene();

        await RunAsync(scene, isObserved: false);

        SpanAssert.Attributes(new() { ["openinference.span.kind"] = "CHAIN" }, scene.Exporter.Only("orchestrate_tools").Attributes);
        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.call.id"] = "c1",
                ["gen_ai.tool.description"] = "",
                ["gen_ai.tool.name"] = "search",
                ["gen_ai.tool.type"] = "function",
                ["openinference.span.kind"] = "TOOL",
                ["tool.id"] = "c1",
                ["tool.name"] = "search",
            },
            scene.Exporter.Only("execute_tool search").Attributes);
        Assert.Single(await scene.EventTypesAsync(), AgentEventTypes.ToolCalled);
    }

    [Fact]
    public async Task Loop_ToolThatWeObserve_RaisesItsEventOnce()
    {
        using var scene = new BridgeScene();

        await RunAsync(scene, isObserved: true);

        Assert.Equal("TOOL", scene.Exporter.Only("execute_tool search").Attributes["openinference.span.kind"]);
        Assert.Single(await scene.EventTypesAsync(), AgentEventTypes.ToolCalled);
    }

    [Fact]
    public async Task Loop_GenAIConventionAlone_LeavesToolsThatMayBeOurs()
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.Conventions = SpanConventions.GenAI));

        await AIFunctionFactory.Create(() => "fine", "mine").Observed(scene.Root).InvokeAsync(cancellationToken: TestToken);
        await RunAsync(scene, isObserved: false);

        Assert.Equal([AgentEventTypes.ToolCalled], (await scene.EventTypesAsync()).Where(type => type == AgentEventTypes.ToolCalled));
    }

    [Theory]
    [InlineData(SpanConventions.All)]
    [InlineData(SpanConventions.OpenInference)]
    [InlineData(SpanConventions.GenAI)]
    public async Task Tool_OfOurs_IsToldOnce(SpanConventions conventions)
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.Conventions = conventions));

        await AIFunctionFactory.Create(() => "fine", "mine").Observed(scene.Root).InvokeAsync(cancellationToken: TestToken);

        Assert.Single(scene.Told.Completed);
    }

    [Fact]
    public async Task Tool_OfAClientWithOtherConventions_IsToldOnce()
    {
        using var scene = new BridgeScene();
        using var stub = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "search")])),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Found.")));
        using var client = new FunctionInvokingChatClient(
            stub.UseAgentObservability(scene.Root, options => options.Conventions = SpanConventions.GenAI));

        await client.GetResponseAsync("?", new() { Tools = [AIFunctionFactory.Create(() => "it", "search")] }, TestToken);

        Assert.Single(await scene.EventTypesAsync(), AgentEventTypes.ToolCalled);
    }

    private static async Task RunAsync(BridgeScene scene, bool isObserved)
    {
        var search = AIFunctionFactory.Create(() => "it", "search");
        using var stub = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "search")])),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Found.")));
        using var loop = new StubFunctionLoop(stub.UseAgentObservability(scene.Root)) { OpensSpans = true };

        await loop.GetResponseAsync("?", new() { Tools = [isObserved ? search.Observed(scene.Root) : search] }, TestToken);
    }
}
