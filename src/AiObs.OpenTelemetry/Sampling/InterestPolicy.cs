using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Events;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Judges traces by the options.</summary>
internal sealed class InterestPolicy(KeepInterestingOptions options)
{
    /// <summary>The name that the conventions once had for it, which Semantic Kernel writes.</summary>
    private const string OldFinishReason = "gen_ai.response.finish_reason";

    /// <summary>As the conventions spell them, and as Semantic Kernel does on spans that no bridge has translated.</summary>
    private static readonly string[] Refusals = ["content_filter", "ContentFilter", "refusal"];

    private readonly TraceIdRatioBasedSampler _ratio = new(options.Ratio);
    private readonly bool _keepsErrors = options.AlwaysKeepErrors;
    private readonly bool _keepsRefusals = options.AlwaysKeepRefusals;
    private readonly TimeSpan _slow = options.SlowerThan ?? TimeSpan.MaxValue;
    private readonly double _costly = (double?)options.CostlierThan ?? double.PositiveInfinity;

    /// <summary>Reads a finished span; what no criterion asks for is not looked for.</summary>
    public SpanFacts Read(Activity span) => SpanFacts.Of(
        span,
        _keepsRefusals && IsRefusal(span),
        double.IsPositiveInfinity(_costly) ? 0 : span.GetTagItem(AiObsAttributes.CostTotal) as double? ?? 0);

    /// <summary>Says why a trace is kept, or that it is not.</summary>
    /// <param name="id">The trace.</param>
    /// <param name="facts">What its spans say.</param>
    /// <param name="waited">How long it has waited, if it is not at its end.</param>
    public KeepReason Judge(ActivityTraceId id, in SpanFacts facts, TimeSpan waited)
    {
        var reason = JudgeInterest(facts, waited);
        return reason == KeepReason.None && IsChosen(id) ? KeepReason.Ratio : reason;
    }

    /// <summary>Says why something is kept whatever the ratio, or that it is not.</summary>
    public KeepReason JudgeInterest(in SpanFacts facts, TimeSpan waited) => facts switch
    {
        { HasError: true } when _keepsErrors => KeepReason.Error,
        { HasRefusal: true } => KeepReason.Refusal,
        _ when facts.Cost > _costly => KeepReason.Costly,
        _ when facts.End - facts.Start > _slow || waited > _slow => KeepReason.Slow,
        _ => KeepReason.None,
    };

    private bool IsChosen(ActivityTraceId id) =>
        _ratio.ShouldSample(new SamplingParameters(default, id, "", ActivityKind.Internal)).Decision == SamplingDecision.RecordAndSample;

    private static bool IsRefusal(Activity span)
    {
        if (IsRefusal(span.GetTagItem(GenAiAttributes.ResponseFinishReasons) ?? span.GetTagItem(OldFinishReason)))
        {
            return true;
        }

        foreach (ref readonly var happened in span.EnumerateEvents())
        {
            if (happened.Name == AgentEventTypes.PolicyViolation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks into finish reasons, which other libraries also write as one text.</summary>
    private static bool IsRefusal(object? finishReasons) => finishReasons switch
    {
        string text => Array.Exists(Refusals, refusal => text.Contains(refusal, StringComparison.OrdinalIgnoreCase)),
        IEnumerable<string> list => list.Any(reason => Refusals.Contains(reason, StringComparer.OrdinalIgnoreCase)),
        _ => false,
    };
}
