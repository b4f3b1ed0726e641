using AiObs.Cost.Tests.Refresh;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.DoctorChecks;

public sealed class PricesCheckTests
{
    private static readonly UsageDetails Used = PricedCalls.Usage(1_000, 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Healthy_RootThatPricesItsCalls_HasNoFinding()
    {
        using var costs = new CostFixture(build: static builder => builder.Configure(static o => o.CaptureContent = ContentCapture.All));

        await Calls.MakeAsync(Calls.Answering.UseAgentObservability(costs.Root), isStreaming: false);

        Assert.Equal(1, (await costs.Root.Costs!.Store.SumAsync(CostQuery.All, Token)).CallCount);
        Assert.Empty(await costs.Root.Doctor.RunAsync(Token));
        Assert.Empty(costs.Root.Costs!.UnpricedModels);
    }

    [Fact]
    public async Task UnknownModel_Called_NamesProviderReasonAndTheClosestNamesOnce()
    {
        using var calls = new PricedCalls();

        await calls.MakeAsync("openai", "https://api.openai.com/v1", "gpt-4o-minii", Used);
        await calls.MakeAsync("openai", "https://api.openai.com/v1", "gpt-4o-minii", Used);

        var model = Assert.Single(calls.Costs.Root.Costs!.UnpricedModels);
        var finding = Assert.Single(await FindAsync(calls.Costs.Root, "AIOBS020"));
        Assert.Equal(("openai", "gpt-4o-minii", "unknown model 'gpt-4o-minii'", false), (model.Provider, model.Model, model.Reason, model.IsUnknownProvider));
        Assert.Equal("gpt-4o-mini", model.Similar[0]);
        Assert.Equal(DoctorSeverity.Warning, finding.Severity);
        Assert.Equal(
            $"Calls of model gpt-4o-minii of openai have no price (unknown model 'gpt-4o-minii'). The closest known names: {string.Join(", ", model.Similar)}.", finding.Seen);
    }

    [Fact]
    public async Task UnknownModel_NameWithControlCharacters_StandsInOneLine()
    {
        using var calls = new PricedCalls();

        await calls.MakeAsync("openai", "https://api.openai.com/v1", "zzz\u001b[2J\n\u202e", Used);

        var finding = Assert.Single(await FindAsync(calls.Costs.Root, "AIOBS020"));
        Assert.StartsWith("Calls of model zzz\uFFFD[2J\uFFFD\uFFFD of openai", finding.Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Seen, static character => char.IsControl(character) || character == '\u202e');
    }

    [Fact]
    public async Task UnknownHost_Called_NamesTheHostAndTheLineThatNamesItsProvider()
    {
        using var calls = new PricedCalls();

        await calls.MakeAsync("openai", "https://gw.corp.example/v1", "gpt-4o", Used);

        var finding = Assert.Single(await FindAsync(calls.Costs.Root, "AIOBS021"));
        Assert.StartsWith("Calls of model gpt-4o have no price, as nobody knows who serves them (nobody is known to serve 'gw.corp.example'", finding.Seen, StringComparison.Ordinal);
        Assert.Contains("o.Pricing.Hosts[", finding.Remedy, StringComparison.Ordinal);
        Assert.True(Assert.Single(calls.Costs.Root.Costs!.UnpricedModels).IsUnknownProvider);
    }

    [Fact]
    public async Task UnknownProvider_Called_IsFoundAsSuch()
    {
        using var calls = new PricedCalls();

        await calls.MakeAsync("nobody", address: null, "gpt-5-mini", Used);

        Assert.Equal(
            "Calls of model gpt-5-mini have no price, as nobody knows who serves them (unknown provider 'nobody').", Assert.Single(await FindAsync(calls.Costs.Root, "AIOBS021")).Seen);
        Assert.Empty(await FindAsync(calls.Costs.Root, "AIOBS020"));
    }

    [Fact]
    public async Task UnpricedModels_OfAClientWithPricesOfItsOwn_AreTheRootsToo()
    {
        using var costs = new CostFixture();
        var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hi")) { Usage = Used });
        model.Metadata = new("openai", new Uri("https://api.openai.com/v1"), "nobody-knows");

        await Calls.MakeAsync(model.UseCostTracking(costs.Root, static o => o.TrustReportedCost = false), isStreaming: false);

        Assert.Equal("nobody-knows", Assert.Single(costs.Root.Costs!.UnpricedModels).Model);
    }

    [Fact]
    public async Task StalePrices_TableOfThePackage_IsFoundAfterNinetyDays()
    {
        using var costs = new CostFixture();
        costs.Clock.Advance(new DateTimeOffset(2026, 12, 22, 0, 0, 0, TimeSpan.Zero) - costs.Clock.GetUtcNow());
        Assert.Empty(await FindAsync(costs.Root, "AIOBS022"));

        costs.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("The price table genai-prices 0.1.8 was last known to be current 90 days ago.", Assert.Single(await FindAsync(costs.Root, "AIOBS022")).Seen);
    }

    [Fact]
    public async Task StalePrices_TableThatWasRefreshed_IsAsOldAsTheLastRefresh()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url, clock: new TestClock(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Single(await FindAsync(fixture.Root, "AIOBS022"));

        await fixture.RefreshAsync();

        Assert.Empty(await FindAsync(fixture.Root, "AIOBS022"));
    }

    [Fact]
    public async Task StalePrices_TableOfTheApplicationsOwn_IsItsOwnBusiness()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "prices.json");
        await File.WriteAllBytesAsync(file, TestTables.WithNewModel, Token);
        using var costs = new CostFixture(o => o.Pricing.PriceFile = file);

        costs.Clock.SetUtcNow(costs.Clock.GetUtcNow().AddDays(1_000));

        Assert.Empty(await FindAsync(costs.Root, "AIOBS022"));
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(AgentObservability root, string id) =>
        [.. (await root.Doctor.RunAsync(Token)).Where(finding => finding.Id == id)];
}
