using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class LostReservationTests
{
    [Fact]
    public void Reserve_EarlierCallNeverEnded_ItsReserveIsChargedAfterTheLifetime()
    {
        using var fixture = new GateFixture();
        fixture.Reservations.Lifetime = TimeSpan.FromMinutes(10);
        var gate = Gate(fixture);
        gate.Reserve(OpenEnded(0.4m));

        fixture.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.False(gate.Admits(OpenEnded(0.1m)));
        fixture.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(gate.Admits(OpenEnded(0.1m)));

        var status = gate.Overview.Find("b")!;
        Assert.Equal((0.4m, 0m), (status.Spent, status.Reserved));
    }

    [Fact]
    public void Reserve_EarlierCallsNeverEnded_AreCounted()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        gate.Reserve(Call(0.1m));
        gate.Reserve(Call(0.1m));
        fixture.Clock.Advance(fixture.Reservations.Lifetime);

        gate.Spend(Call(0.1m));

        Assert.Equal(2L, fixture.Metrics.Only("aiobs.budget.lost_reservations").Value);
    }

    [Theory]
    [InlineData("0.7", "0.7")]
    [InlineData("0.1", "0.4")]
    public void Settle_AfterTheLifetime_AddsWhatWasBeyondTheReserve(string actual, string charged)
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(Call(0.4m))!;
        fixture.Clock.Advance(fixture.Reservations.Lifetime);
        _ = gate.Overview.List();

        reservation.Settle(decimal.Parse(actual, System.Globalization.CultureInfo.InvariantCulture), 0);
        reservation.Settle(9, 0);

        Assert.Equal(decimal.Parse(charged, System.Globalization.CultureInfo.InvariantCulture), gate.Overview.Find("b")!.Spent);
    }

    [Fact]
    public void Release_AfterTheLifetime_GivesNothingBack()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(Call(0.4m))!;
        fixture.Clock.Advance(fixture.Reservations.Lifetime);
        _ = gate.Overview.List();

        reservation.Release();
        reservation.Settle(1, 0);

        Assert.Equal(0.4m, gate.Overview.Find("b")!.Spent);
    }

    [Fact]
    public void TryExtend_StreamGoesOn_KeepsItsReservation()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var stream = gate.Reserve(Call(0.4m))!;
        gate.Reserve(Call(0.1m));
        fixture.Clock.Advance(fixture.Reservations.Lifetime / 2);
        stream.TryExtend(0.2m, 0);

        fixture.Clock.Advance(fixture.Reservations.Lifetime * 0.75);

        var status = gate.Overview.Find("b")!;
        Assert.Equal((0.1m, 0.4m), (status.Spent, status.Reserved));
    }

    [Fact]
    public void TryExtend_AfterTheLifetime_LetsTheStreamRun()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var stream = gate.Reserve(Call(0.4m))!;
        fixture.Clock.Advance(fixture.Reservations.Lifetime);

        Assert.True(stream.TryExtend(5, 0));
        Assert.Equal(0.4m, gate.Overview.Find("b")!.Spent);
    }

    private static BudgetGate Gate(GateFixture fixture) =>
        fixture.Gate(new Budget { Name = "b", Limit = 1, Window = BudgetWindow.Lifetime, EndStreams = true });
}
