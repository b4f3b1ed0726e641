using System.Globalization;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Tests;

/// <summary>Makes spans as a trace store keeps them.</summary>
internal static class Spans
{
    public static string TraceId(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    public static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Makes a span of a trace: the one with number 1 stands at the top, the others below the parent that is named.</summary>
    public static SpanRecord Make(int trace, int span, int? parent = null, DateTimeOffset? time = null, double milliseconds = 10, OperationKind? kind = OperationKind.Chain, string? name = null) => new()
    {
        TraceId = TraceId(trace),
        SpanId = SpanId(span),
        ParentSpanId = parent is { } above ? SpanId(above) : null,
        IsRoot = parent is null,
        Time = time ?? DateTimeOffset.UtcNow.AddMinutes(-1),
        Duration = TimeSpan.FromMilliseconds(milliseconds),
        Source = "test",
        Name = name ?? string.Create(CultureInfo.InvariantCulture, $"span {span}"),
        Kind = kind,
    };
}
