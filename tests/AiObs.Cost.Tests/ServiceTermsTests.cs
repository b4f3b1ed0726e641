using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>What tiers, speeds and regions do to the price of a call, by the overlay of the table.</summary>
public sealed class ServiceTermsTests
{
    private static UsageDetails Usage => new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 };

    [Theory]
    [InlineData("openai", "https://api.openai.com", "gpt-5", "service_tier", "flex", 0.001125, CostCompleteness.Exact)]
    [InlineData("openai", "https://api.openai.com", "gpt-5", "service_tier", "priority", 0.0045, CostCompleteness.Exact)]
    [InlineData("openai", "https://api.openai.com", "gpt-5-pro", "service_tier", "priority", 0.027, CostCompleteness.Partial)]
    [InlineData("groq", "https://api.groq.com", "openai/gpt-oss-20b", "service_tier", "flex", 0.000105, CostCompleteness.Partial)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-opus-4-6", "speed", "fast", 0.045, CostCompleteness.Exact)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-opus-4-6", "speed", "standard", 0.0075, CostCompleteness.Exact)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-sonnet-4-5", "speed", "fast", 0.0045, CostCompleteness.Partial)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-opus-4-6", "inference_geo", "us", 0.00825, CostCompleteness.Exact)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-sonnet-4-5", "inference_geo", "us", 0.0045, CostCompleteness.Partial)]
    [InlineData("anthropic", "https://api.anthropic.com", "claude-sonnet-4-5", "inference_geo", "global", 0.0045, CostCompleteness.Exact)]
    public async Task Call_ServedOnTerms_CostsWhatTheySay(
        string provider, string address, string model, string term, string value, double total, CostCompleteness completeness)
    {
        foreach (var isStreaming in new[] { false, true })
        {
            using var costs = new CostFixture();
            using var client = new StubChatClient { Metadata = new(provider, new Uri(address), model) };
            client.OnResponse = _ => Task.FromResult(new ChatResponse { Usage = Usage, AdditionalProperties = new() { [term] = value } });
            client.OnStream = _ => new StubUpdates(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]) { AdditionalProperties = new() { [term] = value } });

            await Calls.MakeAsync(client.UseAgentObservability(costs.Root), isStreaming);

            var record = Assert.Single(costs.Records);
            Assert.Equal(((decimal)total, completeness), (record.Total, record.Completeness));
        }
    }

    [Fact]
    public async Task Call_FastAndInABatch_MultipliesBoth()
    {
        using var calls = new PricedCalls();
        var response = new ChatResponse { Usage = Usage, AdditionalProperties = new() { ["speed"] = "fast", ["service_tier"] = "batch", ["inference_geo"] = "us" } };

        var record = await calls.MakeAsync("anthropic", "https://api.anthropic.com", "claude-opus-5", response);

        Assert.Equal([new("service tier batch", 0.5m), new("speed fast", 2), new("region us", 1.1m)], record.Receipt.Factors);
        Assert.Equal((0.00825m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    [Fact]
    public async Task Call_MultiplierOfTheApplications_GoesFirst()
    {
        using var calls = new PricedCalls(static o => o.Pricing.ServiceTierMultipliers["anthropic/fast"] = 3);
        var response = new ChatResponse { Usage = Usage, AdditionalProperties = new() { ["speed"] = "fast" } };

        var record = await calls.MakeAsync("anthropic", "https://api.anthropic.com", "claude-opus-4-6", response);

        Assert.Equal([new("speed fast", 3)], record.Receipt.Factors);
    }
}
