using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetWindowTests
{
    [Fact]
    public void CalendarDay_MidnightUtc_StartsAnew()
    {
        using var fixture = new GateFixture(new(2026, 3, 5, 22, 0, 0, TimeSpan.Zero));
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1 });
        gate.Spend(Call(1));

        fixture.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        var refusal = gate.Refuse(Call(0.01m));
        fixture.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(new(2026, 3, 6, 0, 0, 0, TimeSpan.Zero), refusal.ResetsAt);
        Assert.True(gate.Admits(Call(1)));
    }

    [Fact]
    public void CalendarDay_TimeZone_StartsAnewAtItsMidnight()
    {
        using var fixture = new GateFixture(new(2026, 7, 5, 12, 0, 0, TimeSpan.Zero));
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, TimeZone = "Europe/Berlin" });
        gate.Spend(Call(1));

        var refusal = gate.Refuse(Call(0.01m));

        Assert.Equal(new(2026, 7, 5, 22, 0, 0, TimeSpan.Zero), refusal.ResetsAt);
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("2024-02-03T10:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public void CalendarMonth_FirstOfTheNext_StartsAnew(string start, string reset)
    {
        var resetsAt = DateTimeOffset.Parse(reset, System.Globalization.CultureInfo.InvariantCulture);
        using var fixture = new GateFixture(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Window = BudgetWindow.CalendarMonth });
        gate.Spend(Call(1));

        fixture.Clock.Advance(resetsAt - fixture.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        var refusal = gate.Refuse(Call(0.01m));
        fixture.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(resetsAt, refusal.ResetsAt);
        Assert.True(gate.Admits(Call(1)));
    }

    [Fact]
    public void Rolling_Period_SpendLeavesAfterItAndASixtiethAtMost()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(Rolling(TimeSpan.FromHours(1)));
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        gate.Spend(Call(1));

        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(gate.Admits(Call(0.01m)));

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(gate.Admits(Call(1)));
    }

    [Fact]
    public void Rolling_Refusal_SaysWhenEnoughHasLeft()
    {
        using var fixture = new GateFixture();
        var start = fixture.Clock.GetUtcNow();
        var gate = fixture.Gate(Rolling(TimeSpan.FromHours(1)));
        gate.Spend(Call(0.2m));
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        gate.Spend(Call(0.8m));

        Assert.Equal(start.AddMinutes(61), gate.Refuse(Call(0.1m)).ResetsAt);
        Assert.Equal(start.AddMinutes(71), gate.Refuse(Call(0.3m)).ResetsAt);
    }

    [Fact]
    public void PerCall_EachCallByItself_IsHeldToTheLimit()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Window = BudgetWindow.PerCall });

        gate.Spend(Call(1));
        gate.Spend(Call(1));
        var refusal = gate.Refuse(Call(1.5m));

        Assert.Null(refusal.ResetsAt);
        Assert.Equal(0, refusal.Spent);
    }

    [Fact]
    public void PerCall_OthersAreRunning_TheyDoNotCount()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Window = BudgetWindow.PerCall });
        var running = gate.Reserve(OpenEnded(1));

        Assert.NotNull(running);
        Assert.True(gate.Admits(OpenEnded(1)));
    }

    [Fact]
    public void Lifetime_Years_NeverStartsAnew()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, Window = BudgetWindow.Lifetime });
        gate.Spend(Call(1));
        fixture.Clock.Advance(TimeSpan.FromDays(1_000));

        Assert.Null(gate.Refuse(Call(0.01m)).ResetsAt);
    }

    [Fact]
    public void Settle_AfterMidnight_CountsToTheDayInWhichTheCallEnds()
    {
        using var fixture = new GateFixture(new(2026, 3, 5, 23, 59, 0, TimeSpan.Zero));
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1 });
        var overnight = gate.Reserve(Call(1))!;
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));

        overnight.Settle(1, 0);

        Assert.Equal(1, gate.Overview.Find("b")!.Spent);
    }

    [Theory]
    [InlineData(BudgetWindow.CalendarDay)]
    [InlineData(BudgetWindow.Rolling)]
    public void Reserve_ClockIsPutBack_SpendStays(BudgetWindow window)
    {
        using var fixture = new GateFixture(new(2026, 3, 6, 0, 0, 1, TimeSpan.Zero));
        var budget = new Budget { Name = "b", Limit = 1, Window = window, Period = window == BudgetWindow.Rolling ? TimeSpan.FromHours(1) : null };
        var gate = fixture.Gate(budget);
        gate.Spend(Call(0.6m));

        fixture.Clock.AdjustTime(fixture.Clock.GetUtcNow().AddHours(-30));
        gate.Spend(Call(0.4m));

        Assert.False(gate.Admits(Call(0.01m)));
        fixture.Clock.AdjustTime(new(2026, 3, 6, 0, 0, 2, TimeSpan.Zero));
        Assert.False(gate.Admits(Call(0.01m)));
    }

    private static Budget Rolling(TimeSpan period) => new() { Name = "b", Limit = 1, Window = BudgetWindow.Rolling, Period = period };
}
