using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Events;
using AiObs.Guardrails;
using AiObs.Metrics;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Tracing;

namespace AiObs.Conversations.Guardrails;

/// <summary>Tells of what guardrails found: on spans, in metrics, to observers. What was said is in none of it.</summary>
internal sealed class GuardrailReporter(AgentObservability observability)
{
    private const string Part = "guardrail";

    private readonly Counter<long> _checks = observability.Core.Meter.Counter<long>(
        "aiobs.guardrail.checks", "{check}", "Looks of guardrails at what was said or was to be done.");

    private readonly Histogram<double> _duration = observability.Core.Meter.Histogram(
        "aiobs.guardrail.duration", "s", "How long guardrails looked.", tags: null, Buckets.CallSeconds);

    private readonly NoticeReporter _notices = new(observability.Core);

    public AgentSpan<StepStop> Start(GuardrailRule rule, GuardrailRequest request) => observability.Tracer.StartGuardrail(
        $"guardrail {rule.Name}", new StepStart { Input = $"{request.Messages.Count} messages" });

    /// <summary>Tells what a check came to, on its span, which is still the current one.</summary>
    public void Tell(AgentSpan<StepStop> span, GuardrailRule rule, GuardrailStages stage, GuardrailCheck check, GuardrailFinding? finding)
    {
        var outcome = GuardrailWords.OutcomeOf(finding);
        if (finding is not null)
        {
            Tell(finding);
        }

        var tags = new TagList
        {
            { AiObsAttributes.PolicyName, rule.Name },
            { AiObsAttributes.GuardrailStage, GuardrailWords.Of(stage) },
            { AiObsAttributes.GuardrailMode, GuardrailWords.Of(finding?.Mode ?? rule.Mode) },
            { AiObsAttributes.GuardrailOutcome, outcome },
        };
        if (observability.Core.Switch.IsOn)
        {
            observability.Core.Faults.Run(Part, (_checks, _duration, check, tags), static state =>
            {
                state._checks.Add(1, state.tags);
                state._duration.Record(state.check.Duration.TotalSeconds, state.tags);
            });
        }

        if (span.Activity is { IsAllDataRequested: true } activity)
        {
            foreach (var tag in tags)
            {
                activity.SetTag(tag.Key, tag.Value);
            }

            if (finding is { IsFailure: false })
            {
                activity.SetTag(AiObsAttributes.GuardrailScore, finding.Score);
                activity.SetTag(AiObsAttributes.GuardrailHits, finding.Hits);
            }
        }

        span.SetResult(new StepStop { Output = outcome, Score = finding is { IsFailure: false } ? finding.Score : null, Label = outcome, Explanation = finding?.Reason });
        if (check.Failure is { } failure)
        {
            span.Fail(failure);
        }
    }

    /// <summary>Tells observers of a finding, as loudly as its mode says.</summary>
    public void Tell(GuardrailFinding finding)
    {
        Gathering<GuardrailFinding>.Add(finding);
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [EventDataKeys.Stage] = GuardrailWords.Of(finding.Stage),
            [EventDataKeys.Mode] = GuardrailWords.Of(finding.Mode),
            [EventDataKeys.Score] = finding.Score,
            [EventDataKeys.Hits] = finding.Hits,
        };
        if (finding.Tool is { } tool)
        {
            facts[EventDataKeys.Tool] = tool;
        }

        if (finding.CallId is { } callId)
        {
            facts[EventDataKeys.CallId] = callId;
        }

        var pipeline = observability.Pipeline;
        if (!pipeline.IsOn)
        {
            return;
        }

        var current = AmbientOperation.Current;
        var context = pipeline.ReadContext(current?.Context.ConversationId);
        if (finding.Mode != GuardrailMode.Shadow)
        {
            _notices.Tell(new PolicyViolation(finding.Policy, finding.Reason, facts) { Context = context }, observability.Core.Observers);
            return;
        }

        facts[EventDataKeys.Policy] = finding.Policy;
        facts[EventDataKeys.Reason] = finding.Reason;
        _notices.Tell(new Notice(AgentEventTypes.GuardrailShadowed, facts) { Context = context, Operation = current }, observability.Core.Observers);
    }
}
