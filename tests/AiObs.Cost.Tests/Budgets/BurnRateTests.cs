using AiObs.Cost.Budgets;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>A day's budget of 24 USD, so that 1 USD an hour is a burn rate of 1.</summary>
public sealed class BurnRateTests : IDisposable
{
    private readonly GateFixture _fixture = new();
    private readonly List<BurnRateAlert> _alerts = [];

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Gauges_SpendOfTheLastMinutes_TellRateAndExhaustion()
    {
        var gate = Gate();
        gate.Spend(Call(0.5m));
        gate.Reserve(Call(3.5m));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal([("fast", 6.0), ("slow", 0.5)], Of("aiobs.budget.burn_rate"));
        Assert.Equal([("fast", 12_000.0), ("slow", 144_000.0)], Of("aiobs.budget.projected_exhaustion"));
        Assert.Equal(
            ["aiobs.budget.burn_window", "aiobs.budget.name", "aiobs.budget.scope", "aiobs.budget.unit"],
            _fixture.Metrics.Of("aiobs.budget.burn_rate")[0].Tags.Keys.Order());
        Assert.Equal("1", _fixture.Metrics.Of("aiobs.budget.burn_rate")[0].Unit);
        Assert.Equal("s", _fixture.Metrics.Of("aiobs.budget.projected_exhaustion")[0].Unit);
    }

    [Fact]
    public void Gauges_SeveralUsers_TellOfTheWorst()
    {
        var gate = Gate(new Budget { Name = "b", Limit = 24, Scope = BudgetScope.User });
        gate.Spend(Call(0.5m, context: User("a")));
        gate.Spend(Call(1, context: User("b")));
        gate.Spend(Call(0.25m, context: User("c")));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal([("fast", 12.0), ("slow", 1.0)], Of("aiobs.budget.burn_rate"));
        Assert.Equal([("fast", 6_900.0), ("slow", 82_800.0)], Of("aiobs.budget.projected_exhaustion"));
    }

    [Fact]
    public void Gauges_NothingSpentLately_TellNoExhaustion()
    {
        var gate = Gate();
        gate.Spend(Call(1));
        _fixture.Clock.Advance(TimeSpan.FromMinutes(10));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal([("fast", 0.0), ("slow", 1.0)], Of("aiobs.budget.burn_rate"));
        Assert.Equal([("slow", 82_800.0)], Of("aiobs.budget.projected_exhaustion"));
    }

    [Theory]
    [InlineData(BudgetWindow.Lifetime, null)]
    [InlineData(BudgetWindow.CalendarMonth, 31.0)]
    [InlineData(BudgetWindow.Rolling, 0.5)]
    public void Gauges_Window_DecidesWhatIsEven(BudgetWindow window, double? slow)
    {
        var gate = Gate(new Budget { Name = "b", Limit = 24, Window = window, Period = window == BudgetWindow.Rolling ? TimeSpan.FromHours(12) : null });
        gate.Spend(Call(1));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal(slow, _fixture.Metrics.Of("aiobs.budget.burn_rate").Select(one => (double?)one.Value).LastOrDefault());
        Assert.Equal(2, Of("aiobs.budget.projected_exhaustion").Count);
    }

    [Fact]
    public void Gauges_BudgetPerCall_TellNothing()
    {
        Gate(new Budget { Name = "b", Limit = 24, Window = BudgetWindow.PerCall }).Spend(Call(1));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Empty(_fixture.Metrics.Measurements);
    }

    [Fact]
    public void OnBurnRate_RateCrossesTheThreshold_IsCalledOnce()
    {
        var gate = Gate();
        gate.Spend(Call(0.99m));
        Assert.Empty(_alerts);

        gate.Spend(Call(0.01m));
        gate.Spend(Call(0.5m));

        Assert.Equal(
            [new("b", BudgetScope.Global, null, BudgetUnit.Usd, BurnRateWindow.Fast, 12, 12, TimeSpan.FromMinutes(115))], _alerts);
    }

    [Fact]
    public void OnBurnRate_SlowRateCrossesItsThreshold_IsCalledForIt()
    {
        var gate = Gate();
        for (var i = 0; i < 5; i++)
        {
            gate.Spend(Call(0.6m));
            _fixture.Clock.Advance(TimeSpan.FromMinutes(8));
        }

        var alert = Assert.Single(_alerts);
        Assert.Equal((BurnRateWindow.Slow, 3.0, 3.0), (alert.Window, alert.Rate, alert.Threshold));
    }

    [Fact]
    public void OnBurnRate_RateSwingsAroundTheThreshold_IsNotCalledAgain()
    {
        var gate = Gate();
        gate.Spend(Call(0.1m));
        _fixture.Clock.Advance(TimeSpan.FromMinutes(3));
        gate.Spend(Call(0.9m));
        Assert.Single(_alerts);

        _fixture.Clock.Advance(TimeSpan.FromMinutes(2.5));
        gate.Spend(Call(0.1m));

        Assert.Single(_alerts);
    }

    [Fact]
    public void OnBurnRate_RateWasFarBelowTheThreshold_IsCalledAgain()
    {
        _fixture.BurnRates.SlowThreshold = 100;
        var gate = Gate();
        gate.Spend(Call(1));
        _fixture.Clock.Advance(TimeSpan.FromMinutes(6));

        gate.Spend(Call(1));

        Assert.Equal(2, _alerts.Count);
    }

    [Fact]
    public void OnBurnRate_OneUserOfMany_NamesTheUser()
    {
        var gate = Gate(new Budget { Name = "b", Limit = 24, Scope = BudgetScope.User });
        gate.Spend(Call(0.6m, context: User("ann")));
        gate.Spend(Call(0.6m, context: User("bob")));

        gate.Spend(Call(0.6m, context: User("bob")));

        Assert.Equal("bob", Assert.Single(_alerts).Key);
    }

    [Fact]
    public void OnBurnRate_Throws_CallIsNotAffected()
    {
        _fixture.BurnRates.OnBurnRate = _ => throw new InvalidOperationException("alert");

        _fixture.Gate(Daily()).Spend(Call(2));

        Assert.Equal("burn rate", _fixture.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public void OnBurnRate_UsesTheGateItself_IsNotUnderItsLock()
    {
        BudgetGate? gate = null;
        var status = default(BudgetStatus);
        _fixture.BurnRates.OnBurnRate = _ => status = Task.Run(() => gate!.Overview.Find("b")).GetAwaiter().GetResult();
        gate = _fixture.Gate(Daily());

        gate.Spend(Call(2));

        Assert.Equal(2, status!.Spent);
    }

    [Fact]
    public void Windows_Options_DecideTheirLength()
    {
        _fixture.BurnRates.FastWindow = TimeSpan.FromMinutes(30);
        _fixture.BurnRates.SlowWindow = TimeSpan.FromHours(2);
        Gate().Spend(Call(1));

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal([("fast", 2.0), ("slow", 0.5)], Of("aiobs.budget.burn_rate"));
    }

    [Fact]
    public void SpendRate_CallsOfTheLastMinutes_AreToldByTheHour()
    {
        var rate = new SpendRate(_fixture.BurnRates, _fixture.Core);
        rate.Add(0.5m);
        _fixture.Clock.Advance(TimeSpan.FromMinutes(20));
        rate.Add(0.25m);

        _fixture.Metrics.RecordObservableInstruments();

        Assert.Equal([("fast", 3.0), ("slow", 0.75)], Of("aiobs.cost.rate"));
        Assert.Equal("{USD}/h", _fixture.Metrics.Of("aiobs.cost.rate")[0].Unit);
    }

    private static Budget Daily() => new() { Name = "b", Limit = 24 };

    private BudgetGate Gate(Budget? budget = null)
    {
        _fixture.BurnRates.OnBurnRate = _alerts.Add;
        return _fixture.Gate(budget ?? Daily());
    }

    private List<(string Window, double Value)> Of(string gauge) =>
        [.. _fixture.Metrics.Of(gauge).Select(one => ((string)one.Tags["aiobs.budget.burn_window"]!, Math.Round((double)one.Value, 9)))];
}
