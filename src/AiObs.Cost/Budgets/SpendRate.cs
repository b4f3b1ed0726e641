using System.Diagnostics.Metrics;
using AiObs.Pipeline;

namespace AiObs.Cost.Budgets;

/// <summary>How fast money is spent by all calls together, budgets or not, as a gauge.</summary>
internal sealed class SpendRate
{
    private readonly Lock _lock = new();
    private readonly RollingWindow _fast;
    private readonly RollingWindow _slow;
    private readonly BurnRateOptions _options;
    private readonly TimeProvider _clock;
    private long _now;

    public SpendRate(BurnRateOptions options, ObservabilityCore core)
    {
        _options = options.Clone();
        _fast = new RollingWindow(options.FastWindow);
        _slow = new RollingWindow(options.SlowWindow);
        _clock = core.Clock;
        core.Meter.Gauge(
            "aiobs.cost.rate", Measure, "{USD}/h", "What all model calls together have cost lately, for an hour.");
    }

    /// <summary>Adds what a call has cost.</summary>
    public void Add(decimal cost)
    {
        var amount = AiObs.Cost.Budgets.Claim.Sane(cost);
        lock (_lock)
        {
            var now = Now();
            _fast.Add(amount, now);
            _slow.Add(amount, now);
        }
    }

    private Measurement<double>[] Measure()
    {
        lock (_lock)
        {
            var now = Now();
            return
            [
                new((double)_fast.Spent(now) / _options.FastWindow.TotalHours, BudgetTags.BurnWindow(BurnRateWindow.Fast)),
                new((double)_slow.Spent(now) / _options.SlowWindow.TotalHours, BudgetTags.BurnWindow(BurnRateWindow.Slow)),
            ];
        }
    }

    private long Now() => _now = Math.Max(_now, _clock.GetUtcNow().UtcTicks);
}
