using AiObs.Cost.Budgets;
using AiObs.TestSupport;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetAllocationTests
{
    [Fact]
    public void Reserve_NoBudgets_AllocatesNothing()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate();
        var request = Call(0.1m);

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => gate.Reserve(request)?.Settle(0.1m, 0)));
    }

    [Fact]
    public void ReserveAndSettle_TwoBudgets_AllocatesTheReservationAlone()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "all", Limit = 1_000_000 },
            new Budget { Name = "user", Limit = 1_000_000, Scope = BudgetScope.User, Window = BudgetWindow.Rolling, Period = TimeSpan.FromHours(1) });
        var request = Call(0.1m, context: User("ann"));

        Assert.InRange(AllocationMeter.BytesPerRun(() => gate.Reserve(request)!.Settle(0.1m, 0)), 1, 256);
    }
}
