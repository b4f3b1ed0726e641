using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tests.Budgets;
using AiObs.Cost.Tests.Pricing;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests;

/// <summary>Names that others choose write no lines of a log or a refusal, turn none around and command no terminal that shows it.</summary>
public sealed class LogTextTests
{
    private const string Hostile = "gpt\r\n2026-01-31 ok: paid\u001b[2J\u009b\u202e\u2028\u2066x";
    private const string Clean = "gpt\uFFFD\uFFFD2026-01-31 ok: paid\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFDx";

    [Fact]
    public void Price_ModelOfSomebodyHostile_IsOneLineOfTheLog()
    {
        using var prices = new PriceBookFixture();
        var unknown = new UnknownModels(prices.Open(), new(), new FakeLogger(prices.Logs, "prices"));

        unknown.Tell(new PriceRequest(Hostile, Hostile, DateTimeOffset.UnixEpoch), new CostReceipt { Usage = UsageQuantities.Empty });

        Assert.StartsWith($"Model {Clean} of {Clean} has no known price", Assert.Single(prices.Logs.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reserve_UserOfSomebodyHostile_IsOneLineOfTheRefusal()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Scope = BudgetScope.User });

        var refusal = Assert.Throws<BudgetExceededException>(() => gate.Reserve(GateFixture.Call(2, context: GateFixture.User(Hostile))));

        Assert.Contains($"of user '{Clean}'", refusal.Message, StringComparison.Ordinal);
    }
}
