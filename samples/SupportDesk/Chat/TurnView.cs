using AiObs.Cost;
using AiObs.Store;

namespace SupportDesk.Chat;

/// <summary>Is what was recorded of an answer, as the page shows it.</summary>
/// <param name="TraceId">The trace of the answer.</param>
/// <param name="Spans">The spans, in the order in which they began.</param>
/// <param name="Calls">The model calls.</param>
/// <param name="Events">The events.</param>
internal sealed record TurnView(
    string TraceId, IReadOnlyList<TurnView.Span> Spans, IReadOnlyList<TurnView.Call> Calls, IReadOnlyList<TurnView.Happening> Events)
{
    /// <summary>Puts spans below those that they are children of.</summary>
    public static IReadOnlyList<Span> TreeOf(IReadOnlyList<SpanRecord> spans, IReadOnlyList<CostRecord> costs)
    {
        var parents = spans.ToDictionary(static span => span.SpanId, static span => span.ParentSpanId, StringComparer.Ordinal);

        return
        [
            .. spans.Select(span => new Span(
                span.Name,
                DepthOf(span.ParentSpanId, parents),
                Math.Round((span.Time - spans[0].Time).TotalMilliseconds, 1),
                Math.Round(span.Duration.TotalMilliseconds, 1),
                costs.FirstOrDefault(record => record.SpanId == span.SpanId)?.Total,
                span.ErrorType)),
        ];
    }

    private static int DepthOf(string? parent, Dictionary<string, string?> parents)
    {
        var depth = 0;
        while (parent is not null && depth < parents.Count && parents.TryGetValue(parent, out var next))
        {
            parent = next;
            depth++;
        }

        return depth;
    }

    /// <summary>Is a span.</summary>
    /// <param name="Name">What was done.</param>
    /// <param name="Depth">Inside of how many others.</param>
    /// <param name="StartMs">When it began, in milliseconds after the first.</param>
    /// <param name="DurationMs">How many milliseconds it took.</param>
    /// <param name="Usd">How many USD it cost; null where it cost nothing, or that is not known.</param>
    /// <param name="Error">What went wrong; null where nothing did.</param>
    public sealed record Span(string Name, int Depth, double StartMs, double DurationMs, decimal? Usd, string? Error);

    /// <summary>Is a model call.</summary>
    /// <param name="Model">The model that answered.</param>
    /// <param name="Usd">How many USD it cost; null where that is not known.</param>
    /// <param name="Receipt">How the amount came about.</param>
    public sealed record Call(string? Model, decimal? Usd, string Receipt);

    /// <summary>Is an event.</summary>
    /// <param name="Time">When it happened.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="Data">Its facts.</param>
    public sealed record Happening(DateTimeOffset Time, string Type, IReadOnlyDictionary<string, object?> Data);
}
