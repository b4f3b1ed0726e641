using System.Diagnostics.Metrics;
using AiObs.Pipeline;

namespace AiObs.Cost.Budgets;

/// <summary>Shows how fast budgets are used up: of each budget the worst of its accounts, since keys do not belong on metrics.</summary>
internal static class BurnRateGauges
{
    private static readonly Measurement<double>[] None = [];

    public static void Create(BudgetGate gate, ObservabilityCore core)
    {
        core.Meter.Gauge(
            "aiobs.budget.burn_rate",
            () => Observe(gate, core.Faults, static (account, rate, now) => rate.Of(account, now), Math.Max),
            "1",
            "How many times faster than evenly a budget is used up; at 1 it lasts exactly for its window.");
        core.Meter.Gauge(
            "aiobs.budget.projected_exhaustion",
            () => Observe(gate, core.Faults, static (account, rate, now) => rate.SecondsLeft(account, now), Math.Min),
            "s",
            "For how long what is left of a budget lasts when spending goes on as it did lately.");
    }

    private static Measurement<double>[] Observe(
        BudgetGate gate, Faults faults, Func<BudgetAccount, WindowedRate, long, double?> read, Func<double, double, double> worse) =>
        faults.Get("metrics", (gate, read, worse), static state => state.gate.Read(
            (tables, now) => Measure(tables, now, state.read, state.worse))) ?? None;

    private static Measurement<double>[] Measure(
        IReadOnlyList<AccountTable> tables,
        long now,
        Func<BudgetAccount, WindowedRate, long, double?> read,
        Func<double, double, double> worse)
    {
        var measurements = new List<Measurement<double>>();
        foreach (var table in tables)
        {
            foreach (var window in Enum.GetValues<BurnRateWindow>())
            {
                var worst = table.All
                    .Select(account => account.BurnRate is { } rate ? read(account, rate.Over(window), now) : null)
                    .Aggregate(default(double?), (one, other) => one is { } a && other is { } b ? worse(a, b) : one ?? other);
                if (worst is { } value)
                {
                    measurements.Add(new(
                        value,
                        BudgetTags.Name(table.Rule),
                        BudgetTags.Scope(table.Rule),
                        BudgetTags.Unit(table.Rule),
                        BudgetTags.BurnWindow(window)));
                }
            }
        }

        return [.. measurements];
    }
}
