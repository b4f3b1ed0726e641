using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Tests;

public sealed class CostMetricTests
{
    [Fact]
    public async Task Cost_PricedCall_IsCountedInUsd()
    {
        using var costs = new CostFixture(build: static builder => builder.Configure(static o => o.MetricMetadataKeys.Add("tenant")));
        var rounds = new ToolRounds(1);
        using var scope = AgentContext.Begin(metadata: [new("tenant", "acme")]);

        await Calls.MakeAsync(rounds.Model.UseAgentObservability(costs.Root), isStreaming: false);

        var measurement = costs.Metrics.Only("aiobs.cost");
        Assert.Equal((double)rounds.Total, measurement.Value);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["tenant"] = "acme",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-model",
                ["gen_ai.response.model"] = "stub-model-1",
            },
            new(measurement.Tags));
        Assert.Empty(costs.Metrics.Of("aiobs.cost.unpriced"));
    }

    [Fact]
    public async Task Cost_UnknownModel_IsCountedAsUnpricedAndLoggedOnceWithSimilarNames()
    {
        using var costs = new CostFixture();
        using var model = new StubChatClient { Metadata = new("openai", new Uri("https://api.openai.com"), "gpt-4o-minni") };
        var client = model.UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming: false);
        await Calls.MakeAsync(client, isStreaming: true);

        Assert.Equal(2, costs.Metrics.Of("aiobs.cost.unpriced").Count);
        Assert.Empty(costs.Metrics.Of("aiobs.cost"));
        var log = Assert.Single(costs.Logs.GetSnapshot(), static log => log.Level == LogLevel.Warning);
        Assert.Contains("gpt-4o-minni", log.Message, StringComparison.Ordinal);
        Assert.Contains("gpt-4o-mini", log.Message, StringComparison.Ordinal);
    }
}
