using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Prices calls of the real SDK from the table in the package.</summary>
[Collection(KnownSources.Name)]
public sealed class AnthropicCostTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversation_StreamedAndNot_CostsTheSameToTheLastDigit()
    {
        var plain = await RunAsync(isStreaming: false);
        var streamed = await RunAsync(isStreaming: true);

        Assert.Equal(plain.Select(static record => record.Total), streamed.Select(static record => record.Total));
        Assert.Equal([0.012456m, 0.0246m], plain.Select(static record => record.Total));
        Assert.All(plain.Concat(streamed), static record => Assert.Equal(
            (CostCompleteness.Exact, PriceSource.Table, "anthropic"), (record.Completeness, record.Source, record.Receipt.Provider)));
    }

    private static async Task<IReadOnlyList<CostRecord>> RunAsync(bool isStreaming)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(new ModelReply
        {
            Text = ["Sunny", "."],
            Usage = new() { InputTokens = 2_000, CacheReadTokens = 520, CacheWriteTokens = 0, OutputTokens = 524 },
        });
        server.Enqueue(new ModelReply { Text = ["Dry."], Usage = new() { InputTokens = 3_200, OutputTokens = 1_000 } });
        using var root = AgentObservability.Create(static builder => builder.AddCostTracking(
            static (CostTrackingOptions o) => o.Pricing.LocalCalls = LocalCallPricing.LikeProvider));
        using var client = new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = 0 })
            .AsIChatClient("claude-sonnet-4-5")
            .UseCostTracking(root);
        List<ChatMessage> history = [new(ChatRole.User, "Weather?")];

        foreach (var question in (string[])["And tomorrow?", ""])
        {
            var response = isStreaming
                ? await client.GetStreamingResponseAsync(history, cancellationToken: TestToken).ToChatResponseAsync(TestToken)
                : await client.GetResponseAsync(history, cancellationToken: TestToken);
            history.AddRange([.. response.Messages, new(ChatRole.User, question)]);
        }

        return (await root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records;
    }
}
