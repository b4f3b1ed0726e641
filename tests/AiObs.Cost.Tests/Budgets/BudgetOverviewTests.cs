using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetOverviewTests
{
    [Fact]
    public void List_CallsRunAndHaveRun_TellsHowEachAccountStands()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "all", Limit = 10, TokenLimit = 100, Window = BudgetWindow.Lifetime },
            new Budget { Name = "user", Limit = 2, Scope = BudgetScope.User });
        gate.Spend(Call(0.5m, tokens: 30, context: User("zoe")));
        gate.Reserve(Call(0.25m, tokens: 10, context: User("ann")));
        gate.Reserve(Call(0.25m, tokens: 10, highest: 1, context: User("ann")));
        gate.Reserve(Call(0.25m, tokens: 10, highest: 0.5m, context: User("ann")));

        var resetsAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                new("all", BudgetScope.Global, null, BudgetUnit.Usd, 10, 0.5m, 0.75m, 0.25m, null) { Window = BudgetWindow.Lifetime, ExhaustedAt = At("17:30") },
                new("all", BudgetScope.Global, null, BudgetUnit.Tokens, 100, 30, 30, 0, null) { Window = BudgetWindow.Lifetime, ExhaustedAt = At("01:20") },
                new("user", BudgetScope.User, "ann", BudgetUnit.Usd, 2, 0, 0.75m, 0.25m, resetsAt) { BurnRate = 0 },
                new("user", BudgetScope.User, "zoe", BudgetUnit.Usd, 2, 0.5m, 0, 0, resetsAt) { BurnRate = 6, ExhaustedAt = At("03:00") },
            ],
            gate.Overview.List());
        Assert.Equal([8.75m, 40, 1.25m, 1.5m], gate.Overview.List().Select(status => status.Remaining));
    }

    [Fact]
    public void List_SpendEndsAnHourAgo_HasNoExhaustionAndABurnRateOfZero()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "day", Limit = 2 });
        gate.Spend(Call(0.5m));
        Assert.Equal((6, At("03:00")), (gate.Overview.List()[0].BurnRate!.Value, gate.Overview.List()[0].ExhaustedAt!.Value));

        fixture.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal((BudgetWindow.CalendarDay, 0, null), (gate.Overview.List()[0].Window, gate.Overview.List()[0].BurnRate!.Value, gate.Overview.List()[0].ExhaustedAt));
    }

    [Fact]
    public void List_NameAndCount_NarrowIt()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "all", Limit = 10 }, new Budget { Name = "user", Limit = 2, Scope = BudgetScope.User });
        gate.Spend(Call(1, context: User("b")));
        gate.Spend(Call(1, context: User("a")));

        Assert.Equal("a", Assert.Single(gate.Overview.List("user", maxCount: 1)).Key);
        Assert.Empty(gate.Overview.List("none"));
        Assert.Throws<ArgumentOutOfRangeException>(() => gate.Overview.List(maxCount: 0));
    }

    [Fact]
    public void Find_NobodyOfThatKeyMadeCalls_FindsNothing()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "user", Limit = 2, Scope = BudgetScope.User });
        gate.Spend(Call(1, context: User("a")));

        Assert.Equal(1, gate.Overview.Find("user", "a")!.Spent);
        Assert.Null(gate.Overview.Find("user", "b"));
        Assert.Null(gate.Overview.Find("user", "a", BudgetUnit.Tokens));
        Assert.Null(gate.Overview.Find("none"));
    }

    [Fact]
    public void Remaining_MoreIsSpentThanTheLimit_IsZero()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1 });
        gate.Reserve(OpenEnded(1))!.Settle(3, 0);

        Assert.Equal((3m, 0m), (gate.Overview.Find("b")!.Spent, gate.Overview.Find("b")!.Remaining));
    }

    private static DateTimeOffset At(string time) => new(new DateOnly(2026, 1, 1), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
