using System.Diagnostics.Metrics;
using AiObs.Events;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Cost.Budgets;

/// <summary>Tells of what came up at the gate, as loudly as each budget's mode says. Used outside of the lock.</summary>
internal sealed class BudgetReporter(ObservabilityCore core, Action<BurnRateAlert>? onBurnRate)
{
    private const string Policy = "budget";
    private const string Part = "budget";

    private readonly Counter<long> _refusals = core.Meter.Counter<long>(
        "aiobs.budget.refusals", "{call}", "Calls for which a budget had not enough left; they were refused only where the mode is block.");

    private readonly Counter<long> _lost = core.Meter.Counter<long>(
        "aiobs.budget.lost_reservations", "{reservation}", "Reservations that were charged because nothing more was heard of their calls.");

    private readonly Counter<long> _overflows = core.Meter.Counter<long>(
        "aiobs.budget.key_overflows", "{call}", "Calls counted on the account that keys share for which a budget has no room.");

    private readonly NoticeReporter _notices = new(core);

    /// <summary>Tells of what came up.</summary>
    /// <param name="news">What came up, if anything did.</param>
    /// <param name="context">For whom the call was.</param>
    /// <param name="observers">Those who hear of the client; <see langword="null"/> for those of the root.</param>
    /// <param name="ended">The call that has ended by this; <see langword="null"/> where one only starts.</param>
    public void Tell(GateNews? news, OperationContext context, OperationObservers? observers, ModelOperation? ended = null)
    {
        if (news is null)
        {
            return;
        }

        foreach (var warning in news.Warnings)
        {
            TellViolation(warning, context, observers);
        }

        foreach (var rule in news.Counted)
        {
            CountRefusal(rule);
        }

        foreach (var rule in news.Overflows)
        {
            core.Faults.Run(Part, (_overflows, rule), static state => state._overflows.Add(1, BudgetTags.Name(state.rule)));
        }

        if (news.Lost > 0)
        {
            core.Faults.Run(Part, (_lost, news.Lost), static state => state._lost.Add(state.Lost));
        }

        foreach (var threshold in news.Thresholds)
        {
            TellAlert(BudgetTags.Of(threshold), threshold.IsLost);
        }

        foreach (var (alert, isLost) in news.Alerts)
        {
            if (onBurnRate is not null)
            {
                core.Faults.Run("burn rate", (onBurnRate, alert), static state => state.onBurnRate(state.alert));
            }

            TellAlert(BudgetTags.Of(alert), isLost);
        }

        void TellAlert(IReadOnlyDictionary<string, object?> facts, bool isLost) => _notices.Tell(
            new Notice(AgentEventTypes.BudgetThreshold, facts)
            {
                Context = isLost ? OperationContext.Empty : context,
                Operation = isLost ? null : ended,
            },
            (isLost ? null : observers) ?? core.Observers);
    }

    /// <summary>Tells of a call that is refused, or of which a warning is due.</summary>
    public void TellViolation(BudgetRefusal refusal, OperationContext context, OperationObservers? observers)
    {
        CountRefusal(refusal.Rule);
        var reason = refusal.Describe();
        if (refusal.Rule.Mode == BudgetMode.Warn)
        {
            core.Logger.BudgetWarning(reason);
        }

        _notices.Tell(new PolicyViolation(Policy, reason, BudgetTags.Of(refusal)) { Context = context }, observers ?? core.Observers);
    }

    private void CountRefusal(BudgetRule rule) => core.Faults.Run(
        Part,
        (_refusals, rule),
        static state => state._refusals.Add(1, BudgetTags.Name(state.rule), BudgetTags.Scope(state.rule), BudgetTags.Mode(state.rule)));
}
