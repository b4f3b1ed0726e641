namespace AiObs.OpenTelemetry.Sampling;

/// <summary>What was decided about a trace.</summary>
/// <param name="Reason">Why it is kept, or that it is not.</param>
/// <param name="IsEarly">Whether it was decided before its end, when only a part of it was known.</param>
internal readonly record struct TraceDecision(KeepReason Reason, bool IsEarly)
{
    public bool IsKept => Reason != KeepReason.None;
}
