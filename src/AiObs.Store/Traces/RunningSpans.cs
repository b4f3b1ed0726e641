using System.Diagnostics;
using AiObs.Store.Traces;

namespace AiObs.Store;

/// <summary>The spans that have started and not ended, in this process alone. They are written to no database.</summary>
public sealed class RunningSpans
{
    /// <summary>How many are known at once: 10,000. Beyond that, the oldest is forgotten until it ends.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<(SpanSnapshot Copy, WeakReference<Activity> Span)> _spans = [];
    private readonly Dictionary<string, LinkedListNode<(SpanSnapshot Copy, WeakReference<Activity> Span)>> _byId = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    internal RunningSpans(TimeProvider clock) => _clock = clock;

    /// <summary>Lists them, the oldest first.</summary>
    /// <returns>The spans with what they had when they started; their duration lasts until now. They have no content.</returns>
    public IReadOnlyList<SpanRecord> List()
    {
        SpanSnapshot[] running;
        lock (_lock)
        {
            running = [.. _spans.Where(static running => IsWanted(running.Span)).Select(static running => running.Copy)];
        }

        var now = _clock.GetUtcNow();
        return [.. running.Select(span => SpanReader.Read(span) with
        {
            Duration = now > span.Time ? now - span.Time : TimeSpan.Zero,
            Content = null,
        })];
    }

    internal void Add(SpanSnapshot copy, Activity span)
    {
        lock (_lock)
        {
            if (_spans.Count >= Capacity)
            {
                _byId.Remove(_spans.First!.Value.Copy.SpanId);
                _spans.RemoveFirst();
            }

            if (!_byId.ContainsKey(copy.SpanId))
            {
                _byId.Add(copy.SpanId, _spans.AddLast((copy, new(span))));
            }
        }
    }

    internal void Remove(string spanId)
    {
        lock (_lock)
        {
            if (_byId.Remove(spanId, out var node))
            {
                _spans.Remove(node);
            }
        }
    }

    /// <summary>Tells a span from one that was muted after its start, as another stands for it, and from one that nobody has any more and nobody ends.</summary>
    private static bool IsWanted(WeakReference<Activity> span) => span.TryGetTarget(out var running) && running.IsAllDataRequested;
}
