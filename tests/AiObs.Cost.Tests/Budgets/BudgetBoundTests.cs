using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AiObs.Cost.Budgets;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>Hundreds of concurrent calls never pass a limit by more than what one of them takes beyond its estimate.</summary>
public sealed class BudgetBoundTests
{
    private const int Calls = 12_000;
    private const int Workers = 16;
    private const int InFlightOfEach = 25;
    private const decimal Limit = 400;

    [Fact]
    public async Task Reserve_ConcurrentCallsWithinTheirEstimates_NeverPassTheLimit()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit });

        var spent = await SpendAsync(gate, static _ => new(0.1m, 0.1m, 0.1m));

        Assert.Equal(Limit, spent.Sum());
    }

    [Fact]
    public async Task Reserve_ConcurrentCallsFarBeyondTheirEstimates_PassItByOneCallsPart()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit });

        var spent = await SpendAsync(gate, static call => new(0.02m, 0.5m, call % 3 == 0 ? 0.5m : 0.3m));

        Assert.InRange(spent.Sum(), Limit / 2, Limit + 0.48m);
    }

    [Fact]
    public void Reserve_HundredsInFlightBeforeAnyEnds_LetsInWhatTheLimitCanStand()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 100 });
        var inFlight = new ConcurrentBag<BudgetReservation>();

        Parallel.For(0, Workers * InFlightOfEach, _ =>
        {
            try
            {
                inFlight.Add(gate.Reserve(GateFixture.Call(0.02m, highest: 0.5m))!);
            }
            catch (BudgetExceededException)
            {
                // Those for which the limit has no room.
            }
        });
        Parallel.ForEach(inFlight, static reservation => reservation.Settle(0.5m, 0));

        Assert.Equal(200, inFlight.Count);
        Assert.Equal(100, gate.Overview.Find("b")!.Spent);
    }

    [Fact]
    public async Task Reserve_ConcurrentCallsOfUnknownSize_PassItByOneCallsPart()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = Limit });

        // One of them is let in at a time, so those that are refused try again until the limit is spent.
        var spent = await SpendAsync(gate, static _ => new(0.01m, null, 4), inFlightOfEach: 1, () => gate.Overview.Find("b")!.Spent < Limit);

        Assert.InRange(spent.Sum(), Limit, Limit + 3.99m);
    }

    [Fact]
    public async Task Reserve_ConcurrentCallsOnNestedBudgets_EachHolds()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "user", Limit = 80, Scope = BudgetScope.User },
            new Budget { Name = "all", Limit = Limit },
            new Budget { Name = "tag", Limit = 200, Scope = BudgetScope.Tag, Tag = "even" });

        await SpendAsync(gate, static call => new(0.1m, 0.1m, 0.1m, $"user {call % 8}", call % 2 == 0 ? ["even"] : null));

        var standing = gate.Overview.List();
        Assert.Equal(Limit, gate.Overview.Find("all")!.Spent);
        Assert.All(standing, status => Assert.True(status.Spent <= status.Limit, status.ToString()));
        Assert.All(standing, status => Assert.Equal(0, status.Reserved));
    }

    /// <summary>Makes many calls, hundreds of which are in flight at any time, and returns what each one took that was let in.</summary>
    private static async Task<List<decimal>> SpendAsync(
        BudgetGate gate, Func<int, Plan> plan, int inFlightOfEach = InFlightOfEach, Func<bool>? triesAgain = null)
    {
        using var start = new Barrier(Workers);
        var next = new StrongBox<int>(-1);
        var workers = Enumerable.Range(0, Workers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Work(gate, plan, next, inFlightOfEach, triesAgain);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        return [.. (await Task.WhenAll(workers)).SelectMany(static spent => spent)];
    }

    private static List<decimal> Work(BudgetGate gate, Func<int, Plan> plan, StrongBox<int> next, int inFlightOfEach, Func<bool>? triesAgain)
    {
        var spent = new List<decimal>();
        var inFlight = new Queue<(BudgetReservation Reservation, decimal Actual)>();
        for (var call = Interlocked.Increment(ref next.Value); call < Calls; call = Interlocked.Increment(ref next.Value))
        {
            while (!TryStart(gate, plan(call), inFlight) && triesAgain?.Invoke() is true)
            {
                Thread.Yield();
            }

            if (inFlight.Count == inFlightOfEach)
            {
                End(inFlight, spent);
            }
        }

        while (inFlight.Count > 0)
        {
            End(inFlight, spent);
        }

        return spent;
    }

    private static bool TryStart(BudgetGate gate, Plan plan, Queue<(BudgetReservation Reservation, decimal Actual)> inFlight)
    {
        var context = OperationContext.Empty with { UserId = plan.User, Tags = plan.Tags };
        try
        {
            inFlight.Enqueue((gate.Reserve(new(context, "m", plan.Estimate, 0) { HighestCost = plan.Highest })!, plan.Actual));
            return true;
        }
        catch (BudgetExceededException)
        {
            // Refused, as most are near the limit.
            return false;
        }
    }

    private static void End(Queue<(BudgetReservation Reservation, decimal Actual)> inFlight, List<decimal> spent)
    {
        var (reservation, actual) = inFlight.Dequeue();
        reservation.Settle(actual, 0);
        spent.Add(actual);
    }

    private sealed record Plan(decimal Estimate, decimal? Highest, decimal Actual, string? User = null, IReadOnlyList<string>? Tags = null);
}
