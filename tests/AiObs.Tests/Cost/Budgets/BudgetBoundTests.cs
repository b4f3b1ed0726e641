using System.Collections.Concurrent;
using AiObs.Cost.Budgets;

namespace AiObs.Tests.Cost.Budgets;

/// <summary>Hundreds of concurrent calls never pass a limit by more than what one of them takes beyond its estimate.</summary>
public sealed class BudgetBoundTests
{
    private const int Callers = 400;
    private const decimal Limit = 10;

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

        var spent = await SpendAsync(gate, static caller => new(0.02m, 0.5m, caller % 3 == 0 ? 0.5m : 0.3m));

        Assert.InRange(spent.Sum(), Limit / 2, Limit + 0.48m);
    }

    [Fact]
    public void Reserve_HundredsInFlightBeforeAnyEnds_LetsInWhatTheLimitCanStand()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(new Budget { Name = "b", Limit = 100 });
        var inFlight = new ConcurrentBag<BudgetReservation>();

        Parallel.For(0, Callers, _ =>
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

        var spent = await SpendAsync(gate, static _ => new(0.01m, null, 4));

        Assert.InRange(spent.Sum(), 4, Limit + 3.99m);
    }

    [Fact]
    public async Task Reserve_ConcurrentCallsOnNestedBudgets_EachHolds()
    {
        using var fixture = new GateFixture();
        var gate = fixture.Gate(
            new Budget { Name = "user", Limit = 2, Scope = BudgetScope.User },
            new Budget { Name = "all", Limit = Limit },
            new Budget { Name = "tag", Limit = 5, Scope = BudgetScope.Tag, Tag = "even" });

        await SpendAsync(gate, static caller => new(0.1m, 0.1m, 0.1m, $"user {caller % 8}", caller % 2 == 0 ? ["even"] : null));

        var standing = gate.Overview.List();
        Assert.Equal(Limit, gate.Overview.Find("all")!.Spent);
        Assert.All(standing, status => Assert.True(status.Spent <= status.Limit, status.ToString()));
        Assert.All(standing, status => Assert.Equal(0, status.Reserved));
    }

    /// <summary>Lets all callers go at once, each with one call that runs beside those of the others.</summary>
    private static async Task<List<decimal>> SpendAsync(BudgetGate gate, Func<int, Plan> plan)
    {
        using var start = new Barrier(Environment.ProcessorCount * 4);
        var queue = new Queue<int>(Enumerable.Range(0, Callers));
        var spent = new List<decimal>();
        var threads = Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                Work(gate, plan, queue, spent);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(threads);

        return spent;
    }

    private static void Work(BudgetGate gate, Func<int, Plan> plan, Queue<int> queue, List<decimal> spent)
    {
        while (Next(queue) is { } caller)
        {
            var (estimate, highest, actual, user, tags) = plan(caller);
            var context = AiObs.Operations.OperationContext.Empty with { UserId = user, Tags = tags };
            try
            {
                var reservation = gate.Reserve(new(context, "m", estimate, 0) { HighestCost = highest })!;
                Thread.Yield();
                reservation.Settle(actual, 0);
                lock (spent)
                {
                    spent.Add(actual);
                }
            }
            catch (BudgetExceededException)
            {
                // That is how the others learn that there is nothing left.
            }
        }
    }

    private static int? Next(Queue<int> queue)
    {
        lock (queue)
        {
            return queue.TryDequeue(out var caller) ? caller : null;
        }
    }

    private sealed record Plan(decimal Estimate, decimal? Highest, decimal Actual, string? User = null, IReadOnlyList<string>? Tags = null);
}
