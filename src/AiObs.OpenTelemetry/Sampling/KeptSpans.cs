using System.Diagnostics;
using AiObs.Conventions;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Writes on exported spans why they are there and for how many of their kind they stand.</summary>
internal sealed class KeptSpans(double ratio)
{
    private static readonly object Whole = 1.0;

    private readonly object _ratio = ratio;

    public void Mark(Activity span, KeepReason reason)
    {
        span.SetTag(AiObsAttributes.SamplingReason, NameOf(reason));
        span.SetTag(AiObsAttributes.SamplingRatio, reason == KeepReason.Ratio ? _ratio : Whole);
    }

    private static string NameOf(KeepReason reason) => reason switch
    {
        KeepReason.Error => "error",
        KeepReason.Refusal => "refusal",
        KeepReason.Costly => "costly",
        KeepReason.Slow => "slow",
        _ => "ratio",
    };
}
