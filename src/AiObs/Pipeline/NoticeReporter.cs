using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Tells observers of what happens beside the operations, and the span around a call that a policy was violated.</summary>
internal sealed class NoticeReporter(ObservabilityCore core)
{
    private const string EventName = "policy_violation";

    public void Tell(Notice notice, OperationObservers observers)
    {
        if (!core.Switch.IsOn)
        {
            return;
        }

        foreach (var observer in observers.All)
        {
            core.Faults.Run("observer", (observer, notice), static state => state.observer.Noticed(state.notice));
        }
    }

    public void Tell(PolicyViolation violation, OperationObservers observers)
    {
        if (!core.Switch.IsOn)
        {
            return;
        }

        var told = violation with { Operation = AmbientOperation.Current };
        foreach (var observer in observers.All)
        {
            core.Faults.Run("observer", (observer, told), static state => state.observer.Violated(state.told));
        }

        if (told.Operation is { Outcome: OperationOutcome.Running, Activity: { IsAllDataRequested: true } activity })
        {
            core.Faults.Run("span", (activity, told), static state => AddEvent(state.activity, state.told));
        }
    }

    private static void AddEvent(Activity activity, PolicyViolation violation)
    {
        var tags = new ActivityTagsCollection
        {
            [AiObsAttributes.PolicyName] = violation.Policy,
            [AiObsAttributes.PolicyReason] = violation.Reason,
        };
        foreach (var (key, value) in violation.Details)
        {
            tags[key] = value is decimal amount ? (double)amount : value;
        }

        activity.AddEvent(new ActivityEvent(EventName, tags: tags));
    }
}
