using AiObs.Cost.Budgets;
using AiObs.Operations;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetThresholdTests : IDisposable
{
    private readonly GateFixture _fixture = new();

    private List<decimal> Told => [.. _fixture.Violations.Notices.Where(IsThreshold).Select(static notice => (decimal)notice.Facts["aiobs.budget.threshold"]!)];

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Settle_SpentReachesAPartOfTheLimit_TellsAllOfIt()
    {
        var gate = _fixture.Gate(new Budget { Name = "daily", Limit = 2, Scope = BudgetScope.User, AlertAt = [0.5m], Mode = BudgetMode.Warn });
        var call = new ChatOperation(ModelEndpoint.Unknown, "m", ChatRequest.Default) { Context = User("ann") };

        gate.Reserve(Call(1.5m, context: User("ann")))!.Settle(1.25m, 0, call);

        var notice = Assert.Single(_fixture.Violations.Notices, IsThreshold);
        Assert.Equal("budget_threshold", notice.Type);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["aiobs.budget.threshold"] = 0.5m,
                ["aiobs.budget.name"] = "daily",
                ["aiobs.budget.scope"] = "user",
                ["aiobs.budget.mode"] = "warn",
                ["aiobs.budget.unit"] = "usd",
                ["aiobs.budget.limit"] = 2m,
                ["aiobs.budget.spent"] = 1.25m,
                ["aiobs.budget.key"] = "ann",
                ["aiobs.budget.resets_at"] = "2026-01-02T00:00:00.0000000+00:00",
            },
            notice.Facts);
        Assert.Equal("ann", notice.Context.UserId);
        Assert.Same(call, notice.Operation);
    }

    [Fact]
    public void Settle_OneCallPassesSeveralParts_TellsEachFromTheLowest()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 10, AlertAt = [0.8m, 1, 0.5m] });

        gate.Spend(Call(4.99m));
        Assert.Empty(Told);

        gate.Spend(Call(3.01m));
        Assert.Equal([0.5m, 0.8m], Told);

        gate.Spend(Call(2));
        Assert.Equal([0.5m, 0.8m, 1], Told);
    }

    [Theory]
    [InlineData(BudgetWindow.CalendarDay, 24)]
    [InlineData(BudgetWindow.Rolling, 1)]
    public void Settle_NextWindow_TellsAgain(BudgetWindow window, int hours)
    {
        var gate = _fixture.Gate(new Budget
        {
            Name = "b",
            Limit = 100,
            AlertAt = [0.01m],
            Window = window,
            Period = window == BudgetWindow.Rolling ? TimeSpan.FromHours(1) : null,
        });
        gate.Spend(Call(1));

        _fixture.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromTicks(1));
        gate.Spend(Call(1));
        Assert.Equal([0.01m], Told);

        _fixture.Clock.Advance(TimeSpan.FromTicks(1));
        gate.Spend(Call(1));
        Assert.Equal([0.01m, 0.01m], Told);
    }

    [Fact]
    public void Settle_TwoUsers_TellsOfEachByItself()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 2, Scope = BudgetScope.User, AlertAt = [0.5m] });

        gate.Spend(Call(1, context: User("ann")));
        gate.Spend(Call(1, context: User("bob")));
        gate.Spend(Call(0.5m, context: User("ann")));

        Assert.Equal(["ann", "bob"], _fixture.Violations.Notices.Where(IsThreshold).Select(static notice => notice.Facts["aiobs.budget.key"]));
    }

    [Fact]
    public void Reserve_CallIsNotHeardOfAnyMore_TellsWithoutThoseOfTheNextCall()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 2, AlertAt = [0.5m] });
        gate.Reserve(Call(1));
        _fixture.Clock.Advance(_fixture.Reservations.Lifetime);

        gate.Spend(Call(0.1m, context: User("bob")));

        var notice = Assert.Single(_fixture.Violations.Notices, IsThreshold);
        Assert.Equal((null, null), (notice.Context.UserId, notice.Operation));
    }

    [Fact]
    public void Settle_BurnRateCrossesItsThreshold_TellsWithoutACallback()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 24 });

        gate.Spend(Call(1));

        var notice = Assert.Single(_fixture.Violations.Notices);
        Assert.Equal("budget_threshold", notice.Type);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["aiobs.budget.threshold"] = 12.0,
                ["aiobs.budget.rate"] = 12.0,
                ["aiobs.budget.exhausted_in"] = 6_900.0,
                ["aiobs.budget.burn_window"] = "fast",
                ["aiobs.budget.name"] = "b",
                ["aiobs.budget.scope"] = "global",
                ["aiobs.budget.unit"] = "usd",
            },
            notice.Facts);
    }

    [Fact]
    public void Settle_ObservationIsOff_TellsNobody()
    {
        var gate = _fixture.Gate(new Budget { Name = "b", Limit = 1, AlertAt = [0.5m] });
        _fixture.Core.Switch.IsOn = false;

        gate.Spend(Call(1));

        Assert.Empty(_fixture.Violations.Notices);
    }

    private static bool IsThreshold(Notice notice) => notice.Facts.ContainsKey("aiobs.budget.spent");
}
