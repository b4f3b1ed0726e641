using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

public sealed class AgentMetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task InvokeAsync_ToolAlone_MeasuresItsDuration(GenAIProfile profile)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);
        var tool = Tool(root, "Sunny.").Observed(root.Root);

        await tool.InvokeAsync(cancellationToken: Token);

        var duration = Assert.Single(root.Metrics.Measurements);
        Assert.Equal("gen_ai.execute_tool.duration", duration.Name);
        Assert.Equal(3.0, duration.Value);
        SpanAssert.Attributes(new() { ["gen_ai.tool.name"] = "weather", ["gen_ai.tool.type"] = "function" }, duration.Tags);
    }

    [Fact]
    public async Task InvokeAsync_ToolFails_TagsItsDurationWithTheError()
    {
        using var root = new ObservedRoot();
        var tool = AIFunctionFactory.Create(string () => throw new TimeoutException(), "weather").Observed(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(async () => await tool.InvokeAsync(cancellationToken: Token));

        SpanAssert.Attributes(
            new() { ["gen_ai.tool.name"] = "weather", ["gen_ai.tool.type"] = "function", ["error.type"] = "System.TimeoutException" },
            root.Metrics.Only("gen_ai.execute_tool.duration").Tags);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task GetResponseAsync_Agent_MeasuresItsRunAndWhatItDid(GenAIProfile profile)
    {
        using var root = new ObservedRoot(o =>
        {
            o.GenAIProfile = profile;
            o.MetricMetadataKeys.Add("tenant");
        });
        using var model = new StubChatClient().UseAgentObservability(root.Root);
        var tool = Tool(root, "Sunny.").Observed(root.Root);
        using var loop = new StubChatClient
        {
            OnResponse = async call =>
            {
                await model.GetResponseAsync(call.Messages, cancellationToken: call.CancellationToken);
                await tool.InvokeAsync(cancellationToken: call.CancellationToken);
                return await model.GetResponseAsync("And then?", cancellationToken: call.CancellationToken);
            },
        };
        using var agent = loop.UseAgent("helper", root.Root);

        using (AgentContext.Begin(metadata: [new("tenant", "acme")]))
        {
            await agent.GetResponseAsync("Hi", cancellationToken: Token);
        }

        Dictionary<string, object?> tags = new() { ["gen_ai.agent.name"] = "helper", ["tenant"] = "acme" };
        Check("gen_ai.invoke_agent.inference_calls", 2L, tags);
        Check("gen_ai.invoke_agent.tool_calls", 1L, tags);
        Check("gen_ai.invoke_agent.duration", 3.0, tags);
        Check("gen_ai.execute_tool.duration", 3.0, new(tags) { ["gen_ai.tool.name"] = "weather", ["gen_ai.tool.type"] = "function" });

        void Check(string name, object value, Dictionary<string, object?> expected)
        {
            var measurement = root.Metrics.Only(name);
            Assert.Equal(value, measurement.Value);
            SpanAssert.Attributes(expected, measurement.Tags, name);
        }
    }

    [Fact]
    public async Task GetResponseAsync_AgentFails_TagsItsDurationAlone()
    {
        using var root = new ObservedRoot();
        using var agent = StubChatClient.Throwing(new TimeoutException()).UseAgentObservability(root.Root).UseAgent("helper", root.Root);

        await Assert.ThrowsAsync<TimeoutException>(() => agent.GetResponseAsync("Hi", cancellationToken: Token));

        SpanAssert.Attributes(
            new() { ["gen_ai.agent.name"] = "helper", ["error.type"] = "System.TimeoutException" },
            root.Metrics.Only("gen_ai.invoke_agent.duration").Tags);
        SpanAssert.Attributes(new() { ["gen_ai.agent.name"] = "helper" }, root.Metrics.Only("gen_ai.invoke_agent.inference_calls").Tags);
        SpanAssert.Attributes(new() { ["gen_ai.agent.name"] = "helper" }, root.Metrics.Only("gen_ai.invoke_agent.tool_calls").Tags);
    }

    private static AIFunction Tool(ObservedRoot root, string answer) => AIFunctionFactory.Create(
        () =>
        {
            root.Clock.Advance(TimeSpan.FromSeconds(3));
            return answer;
        },
        "weather");
}
