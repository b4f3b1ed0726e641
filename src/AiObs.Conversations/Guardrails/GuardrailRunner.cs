using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails;

/// <summary>Looks at messages with a list of rules, and tells what came of it: on spans, in metrics and as violations.</summary>
internal sealed class GuardrailRunner(AgentObservability observability, IReadOnlyList<GuardrailRule> rules)
{
    private readonly GuardrailReporter _reporter = new(observability);

    public IReadOnlyList<GuardrailRule> Rules => rules;

    public TimeProvider Clock => observability.Core.Clock;

    /// <summary>Gets what tells of findings that come from no check.</summary>
    public GuardrailReporter Reporter => _reporter;

    /// <summary>Tells whether a rule looks at a stage.</summary>
    public bool LooksAt(GuardrailStages stage) => rules.Any(rule => (rule.Stages & stage) != 0);

    /// <summary>Looks at messages. What a rule has let pass before is not looked at again, and not told again.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<GuardrailResult> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        List<GuardrailFinding> findings = [];
        var left = request;
        foreach (var rule in rules.Where(rule => (rule.Stages & request.Stage) != 0))
        {
            var (finding, messages) = Recall(rule, left) ?? await CheckAsync(rule, left, cancellationToken).ConfigureAwait(false);
            if (finding is not null)
            {
                findings.Add(finding);
            }

            if (finding is { Mode: GuardrailMode.Block })
            {
                return new(request.Messages, findings, finding);
            }

            left = ReferenceEquals(messages, left.Messages) ? left : left.With(messages);
        }

        return new(left.Messages, findings, Refusal: null);
    }

    /// <summary>Tells of a check that was made elsewhere.</summary>
    public void Tell(GuardrailRule rule, GuardrailRequest request, GuardrailCheck check, GuardrailFinding finding)
    {
        using var span = _reporter.Start(rule, request);
        _reporter.Tell(span, rule, request.Stage, check, finding);
    }

    /// <summary>Makes of a check what follows from it.</summary>
    /// <returns>What was found, and what is left of the messages.</returns>
    public static (GuardrailFinding? Finding, IReadOnlyList<ChatMessage> Messages, GuardrailCheck Check) Conclude(GuardrailRule rule, GuardrailRequest request, GuardrailCheck check)
    {
        var messages = request.Messages;
        if (check is { Failure: null, Hits.Count: > 0 } && rule.Mode == GuardrailMode.Redact)
        {
            try
            {
                messages = Redactor.Replace(request, check.Hits, Redactor.MarkOf(rule)) ?? throw new InvalidOperationException("A hit does not say where it stands, so that nothing can be replaced.");
            }
#pragma warning disable CA1031 // What cannot be replaced must not go on as it is: the rule says what follows.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                check = check with { Failure = exception };
            }
        }

        if (check.Failure is { } failure)
        {
            var reason = failure is TimeoutException ? $"it did not answer within {rule.Timeout}" : $"it failed with {failure.GetType().Name}";
            return (Of(rule.OnFailure, reason, 0, 0, isFailure: true), request.Messages, check);
        }

        if (check.Hits.Count == 0)
        {
            return (null, messages, check);
        }

        var surest = check.Hits.MaxBy(ScoreOf);
        return (Of(rule.Mode, string.IsNullOrWhiteSpace(surest.Reason) ? rule.Name : surest.Reason, ScoreOf(surest), check.Hits.Count, isFailure: false), messages, check);

        GuardrailFinding Of(GuardrailMode mode, string reason, double score, int hits, bool isFailure) => new(rule.Name, mode, request.Stage, reason, score, hits, check.Duration, isFailure)
        {
            Tool = request.Tool,
            CallId = request.CallId,
        };
    }

    private static double ScoreOf(GuardrailHit hit) => double.IsNaN(hit.Score) ? 1 : Math.Clamp(hit.Score, 0, 1);

    private static (GuardrailFinding? Finding, IReadOnlyList<ChatMessage> Messages)? Recall(GuardrailRule rule, GuardrailRequest request)
    {
        try
        {
            return rule.Memory.Find(request) is { } known ? (known.Finding, known.Apply(request.Messages)) : null;
        }
#pragma warning disable CA1031 // What cannot be read, such as a result that is no JSON, is for the guardrail to fail on.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private async ValueTask<(GuardrailFinding? Finding, IReadOnlyList<ChatMessage> Messages)> CheckAsync(GuardrailRule rule, GuardrailRequest request, CancellationToken cancellationToken)
    {
        using var span = _reporter.Start(rule, request);
        GuardrailCheck check;
        try
        {
            check = await GuardrailCheck.RunAsync(rule, request, Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            span.Fail(exception, callerCancelled: true);
            throw;
        }

        (var finding, var messages, check) = Conclude(rule, request, check);
        _reporter.Tell(span, rule, request.Stage, check, finding);
        if (finding is not { IsFailure: true } && (finding?.Mode != GuardrailMode.Block || request.Stage == GuardrailStages.ToolResult))
        {
            rule.Memory.Add(request, finding, messages);
        }

        return (finding, messages);
    }
}
