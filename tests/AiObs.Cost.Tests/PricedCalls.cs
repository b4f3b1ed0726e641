using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>One call of a scripted client that says who it is, priced by the table of the package.</summary>
internal sealed class PricedCalls : IDisposable
{
    private readonly CostFixture _costs;

    public PricedCalls(Action<CostTrackingOptions>? configure = null) => _costs = new(configure);

    public CostFixture Costs => _costs;

    /// <summary>Makes a call and returns its record.</summary>
    /// <param name="provider">What the client calls itself.</param>
    /// <param name="address">Where it says that it sends requests.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="response">What it answers.</param>
    public async Task<CostRecord> MakeAsync(string? provider, string? address, string model, ChatResponse response)
    {
        using var client = StubChatClient.Answering(response);
        client.Metadata = new(provider, address is null ? null : new Uri(address), model);
        using var observed = client.UseAgentObservability(_costs.Root);
        await observed.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        var newest = new CostQuery { Order = PageOrder.NewestFirst, PageSize = 1 };
        return (await _costs.Root.Costs!.Store.ListAsync(newest, TestContext.Current.CancellationToken)).Records.Single();
    }

    public Task<CostRecord> MakeAsync(string? provider, string? address, string model, UsageDetails? usage) =>
        MakeAsync(provider, address, model, new ChatResponse(new ChatMessage(ChatRole.Assistant, "Sunny.")) { Usage = usage });

    /// <summary>Makes usage of the counts that have a property, and of others by name.</summary>
    public static UsageDetails Usage(long? input, long? output, long? total = null, long? cached = null, params (string Key, long Count)[] further) =>
        AiObs.Cost.Tests.Usage.UsageFixtures.Usage(input, output, total, cached, null, further);

    public void Dispose() => _costs.Dispose();
}
