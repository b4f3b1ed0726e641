using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetReservationTests
{
    [Fact]
    public void Settle_LessThanReserved_FreesTheRest()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(Call(1))!;
        Assert.False(gate.Admits(Call(0.01m)));

        reservation.Settle(0.25m, 0);

        Assert.True(gate.Admits(Call(0.75m)));
        Assert.False(gate.Admits(Call(0.76m)));
    }

    [Fact]
    public void Settle_Again_ChargesOnce()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(Call(0.5m))!;

        reservation.Settle(0.5m, 0);
        reservation.Settle(0.5m, 0);
        reservation.Release();

        Assert.Equal((0.5m, 0m), Standing(gate));
    }

    [Fact]
    public void Release_ThenSettle_ChargesNothing()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(Call(0.5m))!;

        reservation.Release();
        reservation.Settle(0.5m, 0);

        Assert.Equal((0m, 0m), Standing(gate));
    }

    [Fact]
    public void Settle_CostAndTokensUnknown_WhatWasReservedStaysCharged()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, TokenLimit = 1_000 });

        gate.Reserve(Call(0.5m, tokens: 300))!.Settle(null, null);

        Assert.Equal([0.5m, 300m], gate.Overview.List().Select(status => status.Spent));
    }

    [Fact]
    public void Reserve_ModelHasNoPrice_PassesAMoneyLimitThatIsUsedUp()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        gate.Spend(Call(1));

        gate.Reserve(Unpriced())!.Settle(0.5m, 0);

        Assert.Equal((1.5m, 0m), Standing(gate));
    }

    [Fact]
    public void Reserve_ModelHasNoPriceAndBudgetRefusesSuch_IsRefused()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, RefuseUnpriced = true });

        var refusal = gate.Refuse(Unpriced());

        Assert.Contains("no known price", refusal.Message, StringComparison.Ordinal);
        Assert.True(gate.Admits(Call(1)));
    }

    [Fact]
    public void Reserve_CallTakesNothing_PassesALimitThatIsUsedUp()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        gate.Spend(Call(1));

        Assert.True(gate.Admits(Call(0)));
    }

    [Fact]
    public void Reserve_SecondOpenEndedCall_WaitsItsTurn()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var first = gate.Reserve(OpenEnded(0.1m))!;

        var refusal = gate.Refuse(OpenEnded(0.1m));
        Assert.Contains("set MaxOutputTokens", refusal.Message, StringComparison.Ordinal);
        Assert.True(gate.Admits(Call(0.9m)));

        first.Release();
        Assert.True(gate.Admits(OpenEnded(0.1m)));
    }

    [Fact]
    public void Reserve_OpenEndedBesideBounded_KeepsFreeWhatTheBoundedOneMayTake()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var bounded = gate.Reserve(Call(0.1m, highest: 0.9m))!;

        Assert.False(gate.Admits(OpenEnded(0.2m)));
        Assert.True(gate.Admits(OpenEnded(0.1m)));

        bounded.Settle(0.1m, 0);
        Assert.True(gate.Admits(OpenEnded(0.2m)));
    }

    [Fact]
    public void Reserve_CallThatNothingWasKeptFreeForHasEnded_KeepsFreeForAllButOneOfTheOthers()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        gate.Reserve(Call(0.1m, highest: 1))!.Settle(0.1m, 0);
        gate.Reserve(Call(0.1m, highest: 0.5m));
        gate.Reserve(Call(0.1m, highest: 0.5m));

        Assert.False(gate.Admits(Call(0.1m, highest: 0.5m)));
        Assert.True(gate.Admits(Call(0.1m, highest: 0.3m)));
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-5")]
    public void Settle_AmountThatNobodyCanPay_LeavesTheGateWorking(string amount)
    {
        var cost = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = decimal.MaxValue, Mode = BudgetMode.Shadow });

        for (var i = 0; i < 3; i++)
        {
            gate.Reserve(Call(cost, highest: cost))!.Settle(cost, long.MaxValue);
        }

        Assert.Equal(cost > 0 ? 3_000_000_000_000_000m : 0, gate.Overview.Find("b")!.Spent);
    }

    [Fact]
    public void TryExtend_RoomIsLeft_RaisesTheReserve()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, EndStreams = true });
        var reservation = gate.Reserve(OpenEnded(0.1m))!;

        Assert.True(reservation.TryExtend(0.8m, 0));

        Assert.Equal((0m, 0.8m), Standing(gate));
        Assert.False(gate.Admits(Call(0.3m)));
    }

    [Fact]
    public void TryExtend_NoRoomIsLeft_RaisesNothing()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "tokens", TokenLimit = 1_000, EndStreams = true }, new Budget { Name = "b", Limit = 1, EndStreams = true });
        var reservation = gate.Reserve(Call(0.1m, tokens: 10))!;

        Assert.False(reservation.TryExtend(1.1m, 500));

        Assert.Equal([10m, 0.1m], gate.Overview.List().Select(status => status.Reserved));
    }

    [Fact]
    public void TryExtend_WhatWasKeptFree_IsThereForIt()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 1, EndStreams = true });
        var first = gate.Reserve(Call(0.1m, highest: 0.5m))!;
        var second = gate.Reserve(Call(0.1m, highest: 0.9m))!;

        Assert.True(first.TryExtend(0.5m, 0));
        Assert.True(second.TryExtend(0.5m, 0));
        Assert.False(second.TryExtend(0.51m, 0));
    }

    [Fact]
    public void TryExtend_BudgetDoesNotEndStreams_RaisesBeyondTheLimit()
    {
        using var fixture = new GateFixture();
        var gate = Gate(fixture);
        var reservation = gate.Reserve(OpenEnded(0.1m))!;

        Assert.True(reservation.TryExtend(3, 0));

        Assert.Equal((0m, 3m), Standing(gate));
    }

    private static BudgetGate Gate(GateFixture fixture) => fixture.Gate(new Budget { Name = "b", Limit = 1 });

    private static (decimal Spent, decimal Reserved) Standing(BudgetGate gate) =>
        gate.Overview.Find("b") is { } status ? (status.Spent, status.Reserved) : default;
}
