using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Ledger;

public sealed class RecordedMetadataTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Record_OfACallOrByHand_HasTheChosenMetadataAlone()
    {
        using var costs = new CostFixture(build: static builder => builder.Configure(static o => o.RecordedMetadataKeys.Add("tenant")));
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes")) { Usage = new() { InputTokenCount = 1 } }).UseAgentObservability(costs.Root);
        using (AgentContext.Begin(tags: ["beta"], metadata: [new("tenant", "acme"), new("secret", "canary")]))
        {
            await client.GetResponseAsync("Hi", cancellationToken: Stop);
            await costs.Root.CostRecorder!.RecordAsync(new UsageDetails { InputTokenCount = 1 }, new() { RequestModel = "stub-model" }, Stop);
        }

        await client.GetResponseAsync("Hi", cancellationToken: Stop);

        Assert.Equal(3, costs.Records.Count);
        Assert.All(costs.Records.Take(2), static record => Assert.Equal([new("tenant", "acme")], record.Metadata!));
        Assert.Null(costs.Records[2].Metadata);
    }
}
