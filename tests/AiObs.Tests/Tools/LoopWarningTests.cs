using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Tools;

/// <summary>What is said where tools run without anybody hearing of them, and what is known of them all the same.</summary>
public sealed class LoopWarningTests : AgentTest
{
    private static readonly string[] WeatherOnly = ["weather"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_HandWrittenLoop_CountsTheToolAndWarnsOncePerAgent(bool isStreaming)
    {
        var logs = new FakeLogCollector();
        using var root = Create(logs);

        await RunByHandAsync(root, "helper", isStreaming, Weather());
        await RunByHandAsync(root, "helper", isStreaming, Weather());
        await RunByHandAsync(root, "other", isStreaming, Weather());

        Assert.Equal(
            [("weather", "helper"), ("weather", "other")],
            logs.GetSnapshot().Select(static log => (log.GetStructuredStateValue("Tool"), log.GetStructuredStateValue("Agent"))));
        Assert.All(
            Spans.Spans.Where(static span => span.DisplayName.StartsWith("invoke_agent", StringComparison.Ordinal)),
            static span => Assert.Equal(WeatherOnly, span.GetTagItem("aiobs.agent.tools_used")));
        Assert.DoesNotContain(Spans.Spans, static span => span.DisplayName == "execute_tool weather");
    }

    [Fact]
    public async Task Run_HandWrittenLoopWithObservedTool_CountsItOnceAndSaysNothing()
    {
        var logs = new FakeLogCollector();
        using var metrics = new MetricCollector(Source);
        using var root = Create(logs);

        await RunByHandAsync(root, "helper", isStreaming: false, Weather().Observed(root));

        Assert.Empty(logs.GetSnapshot());
        Assert.Equal(1L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
        Assert.Equal("c1", Spans.Only("execute_tool weather").GetTagItem("tool.id"));
    }

    [Fact]
    public async Task Run_HandWrittenLoopChangesArgumentsOfObservedTool_CountsEachCallOnce()
    {
        var logs = new FakeLogCollector();
        using var metrics = new MetricCollector(Source);
        using var root = Create(logs);
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome"), Call("c2", "weather", "Oslo")), Says("Sunny."));
        var weather = Weather().Observed(root);
        var changing = new ChangingFunction(weather);
        using var agent = new StubFunctionLoop(model.UseAgentObservability(root)).UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false, changing);

        Assert.Equal(2L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
        Assert.Empty(logs.GetSnapshot());
    }

    [Fact]
    public async Task Run_LoopIsAskedForAnUnknownFunction_NeitherCountsNorWarns()
    {
        var logs = new FakeLogCollector();
        using var metrics = new MetricCollector(Source);
        using var root = Create(logs);
        using var model = StubChatClient.Scripted(Asks(Call("c1", "unknown", "Rome")), Says("Sorry."));
        using var agent = Agent(model, root);

        await RunAsync(agent, isStreaming: false, Weather());

        Assert.Equal(0L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
        Assert.Empty(logs.GetSnapshot());
    }

    [Fact]
    public void UseAgentObservability_AroundALoopThatNobodyHears_WarnsOnce()
    {
        var logs = new FakeLogCollector();
        using var root = Create(logs);

        _ = Loop(new StubChatClient()).UseAgentObservability(root);
        _ = Loop(new StubChatClient()).UseAgentObservability(root);

        Assert.Equal("LoopUnheard", Assert.Single(logs.GetSnapshot()).Id.Name);
    }

    [Fact]
    public void UseAgentObservability_AroundALoopOverAnObservedModel_SaysOnlyThatItIsLeftOut()
    {
        var logs = new FakeLogCollector();
        using var root = Create(logs);

        _ = Loop(new StubChatClient().UseAgentObservability(root)).UseAgentObservability(root);

        Assert.Equal("ObserverLeftOut", Assert.Single(logs.GetSnapshot()).Id.Name);
    }

    private static async Task RunByHandAsync(AgentObservability root, string name, bool isStreaming, AIFunction tool)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = new StubFunctionLoop(model.UseAgentObservability(root)).UseAgent(name, root);

        await RunAsync(agent, isStreaming, tool);
    }

    private AgentObservability Create(FakeLogCollector logs) => AgentObservability.Create(builder =>
    {
        builder.Services.AddSingleton(logs.ToFactory());
        builder.Configure(options => options.SourceName = Source);
    });

    /// <summary>Hands on other arguments than the model gave.</summary>
    private sealed class ChangingFunction(AIFunction inner) : DelegatingAIFunction(inner)
    {
        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            base.InvokeCoreAsync(new() { ["city"] = "Paris" }, cancellationToken);
    }
}
