using System.Diagnostics;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>What one span, or all spans of a trace so far, say about how interesting it is.</summary>
internal readonly record struct SpanFacts(bool HasError, bool HasRefusal, double Cost, DateTime Start, DateTime End)
{
    public static SpanFacts Of(Activity span, bool hasRefusal, double cost) =>
        new(span.Status == ActivityStatusCode.Error, hasRefusal, cost, span.StartTimeUtc, span.StartTimeUtc + span.Duration);

    public SpanFacts And(in SpanFacts other) => new(
        HasError || other.HasError,
        HasRefusal || other.HasRefusal,
        Cost + other.Cost,
        Start < other.Start ? Start : other.Start,
        End > other.End ? End : other.End);
}
