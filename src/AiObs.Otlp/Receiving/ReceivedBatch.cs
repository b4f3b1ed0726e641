using System.Diagnostics;
using AiObs.Conventions;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.Otlp.Dialects;
using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Receiving;

/// <summary>The new spans of one request, those inside before those around them.</summary>
internal sealed class ReceivedBatch
{
    private readonly Dictionary<SpanKey, Item> _items = [];

    public static bool IsBoundary(SpanRole role, ReceivedSpan span) =>
        role is not (SpanRole.None or SpanRole.Chat or SpanRole.Embeddings or SpanRole.Loop) || (role == SpanRole.None && Dialect.IsOwnKind(span.Attributes));

    public void Add(Item item) => _items.TryAdd(item.Span.Key, item);

    /// <summary>Lists the spans, the deepest first: what is counted inside has to be known where what is around is read.</summary>
    public IEnumerable<Item> InsideOut()
    {
        var depths = new Dictionary<SpanKey, int>(_items.Count);
        foreach (var item in _items.Values)
        {
            Measure(item, depths);
        }

        return _items.Values.OrderByDescending(item => depths[item.Span.Key]).ThenBy(static item => item.Span.End);
    }

    /// <summary>Finds the name of the agent in whose run a span happened.</summary>
    public string? NameOfAgent(Item item) =>
        Around(item).Select(static around => around.Span.Attributes.Text(GenAiAttributes.AgentName)).FirstOrDefault(static name => name is not null);

    /// <summary>Walks up; a span that claims to be inside of itself ends the walk.</summary>
    private IEnumerable<Item> Around(Item item)
    {
        var left = _items.Count;
        for (var next = item; left > 0 && next.Span.Parent is { } parent && _items.TryGetValue(parent, out next); left--)
        {
            yield return next;
        }
    }

    /// <summary>Measures how deep a span stands, without recursion: a sender decides how deep that is.</summary>
    private void Measure(Item item, Dictionary<SpanKey, int> depths)
    {
        var path = new Stack<SpanKey>();
        var depth = 0;
        for (var next = item; next is not null; next = next.Span.Parent is { } parent ? _items.GetValueOrDefault(parent) : null)
        {
            if (depths.TryGetValue(next.Span.Key, out depth))
            {
                break;
            }

            // Of a circle, each span has a depth, whichever.
            depths[next.Span.Key] = 0;
            path.Push(next.Span.Key);
        }

        while (path.TryPop(out var key))
        {
            depths[key] = ++depth;
        }
    }

    /// <summary>A span on its way into the store.</summary>
    /// <param name="Span">The span as it came, in words that are known here.</param>
    /// <param name="Activity">What it is translated on.</param>
    /// <param name="Role">What it stands for.</param>
    /// <param name="IsCut">Whether a part of it was left out.</param>
    internal sealed record Item(ReceivedSpan Span, Activity Activity, SpanRole Role, bool IsCut);
}
