using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>What a span looked like at the moment when it was exported.</summary>
internal sealed record ExportedSpan(
    ActivityTraceId Trace, ActivitySpanId Span, string Source, string Name, string? StatusDescription, IReadOnlyDictionary<string, object?> Attributes)
{
    /// <summary>Gets the events in order.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, object?> Attributes)> Events { get; init; } = [];
}
