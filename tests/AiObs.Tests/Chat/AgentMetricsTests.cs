using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class AgentMetricsTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WithTool_RecordsDurationsAndCounts(bool isStreaming)
    {
        using var metrics = new MetricCollector(Source);
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming, Weather());

        var calls = metrics.Only("gen_ai.invoke_agent.inference_calls");
        Assert.Equal(2L, calls.Value);
        SpanAssert.Attributes(new() { ["gen_ai.agent.name"] = "helper" }, calls.Tags);
        Assert.Equal(1L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
        SpanAssert.Attributes(new() { ["gen_ai.agent.name"] = "helper" }, metrics.Only("gen_ai.invoke_agent.duration").Tags);
        SpanAssert.Attributes(
            new() { ["gen_ai.tool.name"] = "weather", ["gen_ai.tool.type"] = "function", ["gen_ai.agent.name"] = "helper" },
            metrics.Only("gen_ai.execute_tool.duration").Tags);
    }

    [Fact]
    public async Task Run_Fails_NamesTheErrorOnTheDurationAndCountsTheFailedCall()
    {
        using var metrics = new MetricCollector(Source);
        using var agent = Agent(StubChatClient.Throwing(new InvalidOperationException()), Observe());

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(agent, isStreaming: false));

        SpanAssert.Attributes(
            new() { ["gen_ai.agent.name"] = "helper", ["error.type"] = "System.InvalidOperationException" },
            metrics.Only("gen_ai.invoke_agent.duration").Tags);
        Assert.Equal(1L, metrics.Only("gen_ai.invoke_agent.inference_calls").Value);
        Assert.Equal(0L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
    }

    [Fact]
    public async Task Run_ToolFails_NamesTheErrorOnItsDuration()
    {
        using var metrics = new MetricCollector(Source);
        var failing = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException(), "weather");
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sorry."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, failing);

        Assert.Equal("System.InvalidOperationException", metrics.Only("gen_ai.execute_tool.duration").Tags["error.type"]);
    }

    [Fact]
    public async Task Run_NothingInsideIsObserved_RecordsTheDurationAlone()
    {
        using var metrics = new MetricCollector(Source);
        using var agent = StubChatClient.Scripted(Says("Hello.")).UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        Assert.Single(metrics.Of("gen_ai.invoke_agent.duration"));
        Assert.Empty(metrics.Of("gen_ai.invoke_agent.inference_calls"));
        Assert.Empty(metrics.Of("gen_ai.invoke_agent.tool_calls"));
    }

    [Fact]
    public async Task Run_OnlyMetricsAreListenedTo_RecordsThemWithCallCounts()
    {
        using var metrics = new MetricCollector($"{Source}-m");
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe(o => o.SourceName = $"{Source}-m"));

        await RunAsync(agent, isStreaming: true, Weather());

        Assert.Equal(2L, metrics.Only("gen_ai.invoke_agent.inference_calls").Value);
        Assert.Equal(1L, metrics.Only("gen_ai.invoke_agent.tool_calls").Value);
        Assert.Empty(Spans.Started);
    }
}
