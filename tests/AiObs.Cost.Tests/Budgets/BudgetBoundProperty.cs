using AiObs.Cost.Budgets;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using static AiObs.Cost.Tests.Budgets.GateFixture;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>In whatever order calls start, grow and end, and whatever they take beyond their estimates: the bound holds at every moment.</summary>
public sealed class BudgetBoundProperty
{
    private const decimal Limit = 100;

    private static readonly Arbitrary<int[]> Steps = Gen.Choose(0, 1_000_000).ArrayOf(150).ToArbitrary();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gate_AnyInterleaving_SpendPassesTheLimitByOneCallsUnestimatedPartAtMost(bool endsStreams) =>
        Prop.ForAll(Steps, steps => Run(steps, endsStreams)).Check(Fuzz.Config(300));

    /// <summary>Where models take more than they were allowed to, what those in flight take beyond that comes on top, and no more than that.</summary>
    [Fact]
    public void Gate_ModelsThatTakeMoreThanTheyMay_SpendPassesTheBoundByWhatThoseInFlightTake() =>
        Prop.ForAll(Steps, RunBeyond).Check(Fuzz.Config(300));

    [Fact]
    public void Gate_AnyInterleavingOverTime_NoRollingWindowPassesTheLimit() =>
        Prop.ForAll(Steps, RunRolling).Check(Fuzz.Config(300));

    private static void Run(int[] steps, bool endsStreams)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit, Window = BudgetWindow.Lifetime, EndStreams = endsStreams });
        var running = new List<Running>();
        decimal spent = 0;
        decimal mostUnestimated = 0;
        foreach (var step in steps)
        {
            var random = new Random(step);
            var action = random.Next(12);
            if (action < 7)
            {
                Start(gate, random, running);
            }
            else if (running.Count > 0)
            {
                var call = running[random.Next(running.Count)];
                if (action < 9)
                {
                    // What a stream has delivered is never more than what it takes in the end.
                    call.Reservation.TryExtend(call.Actual * random.Next(100) / 100, 0);
                    continue;
                }

                running.Remove(call);
                if (action < 10)
                {
                    call.Reservation.Release();
                    continue;
                }

                call.Reservation.Settle(call.Actual, 0);
                spent += call.Actual;
                mostUnestimated = Math.Max(mostUnestimated, call.Actual - call.Estimate);
            }

            Assert.True(spent <= Limit + mostUnestimated, $"{spent} is more than {Limit} + {mostUnestimated}.");
        }

        Assert.Equal(spent, gate.Overview.Find("b")!.Spent);
    }

    private static void Start(BudgetGate gate, Random random, List<Running> running)
    {
        decimal estimate = random.Next(1, 10);
        decimal? highest = random.Next(6) switch { 0 => null, 1 => estimate, _ => estimate + random.Next(40) };
        var most = highest ?? 45;
        var actual = random.Next(4) == 0 ? random.Next((int)most + 1) : most;
        try
        {
            running.Add(new(gate.Reserve(Call(estimate) with { HighestCost = highest })!, estimate, actual));
        }
        catch (BudgetExceededException)
        {
            // Refused, as most are near the limit.
        }
    }

    private static void RunBeyond(int[] steps)
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit, Window = BudgetWindow.Lifetime });
        var running = new List<(BudgetReservation Reservation, decimal Highest, decimal Actual)>();
        decimal spent = 0;
        decimal mostUnestimated = 0;
        decimal beyond = 0;
        foreach (var step in steps)
        {
            var random = new Random(step);
            decimal estimate = random.Next(1, 10);
            var highest = estimate + random.Next(10);
            if (random.Next(2) == 0 && gate.Admits(Call(estimate) with { HighestCost = highest }))
            {
                running.Add((gate.Reserve(Call(estimate) with { HighestCost = highest })!, highest, highest * random.Next(1, 4)));
                mostUnestimated = Math.Max(mostUnestimated, highest - estimate);
                beyond = running.Sum(static call => call.Actual - call.Highest);
            }
            else if (running.Count > 0)
            {
                var call = running[random.Next(running.Count)];
                running.Remove(call);
                call.Reservation.Settle(call.Actual, 0);
                spent += call.Actual;
            }

            Assert.True(spent <= Limit + mostUnestimated + beyond, $"{spent} is more than {Limit} + {mostUnestimated} + {beyond}.");
        }
    }

    private static void RunRolling(int[] steps)
    {
        var period = TimeSpan.FromMinutes(10);
        using var fixture = new GateFixture();
        fixture.Reservations.Lifetime = TimeSpan.FromDays(7);
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit, Window = BudgetWindow.Rolling, Period = period });
        var running = new List<Running>();
        var settled = new List<(DateTimeOffset Time, decimal Amount)>();
        foreach (var step in steps)
        {
            var random = new Random(step);
            fixture.Clock.Advance(TimeSpan.FromSeconds(random.Next(90)));
            var estimate = random.Next(1, 40);
            if (random.Next(2) == 0 && gate.Admits(Call(estimate)))
            {
                running.Add(new(gate.Reserve(Call(estimate))!, estimate, estimate));
            }
            else if (running.Count > 0)
            {
                var call = running[random.Next(running.Count)];
                running.Remove(call);
                call.Reservation.Settle(call.Actual, 0);
                settled.Add((fixture.Clock.GetUtcNow(), call.Actual));
            }
        }

        foreach (var (end, _) in settled)
        {
            var inWindow = settled.Where(one => one.Time <= end && one.Time > end - period).Sum(one => one.Amount);
            Assert.True(inWindow <= Limit, $"{inWindow} was spent in the ten minutes before {end:O}.");
        }
    }

    private sealed record Running(BudgetReservation Reservation, decimal Estimate, decimal Actual);
}
