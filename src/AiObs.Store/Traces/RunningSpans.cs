using System.Diagnostics;
using System.Runtime.InteropServices;
using AiObs.Store.Traces;

namespace AiObs.Store;

/// <summary>The spans that have started and not ended, in this process alone. They are written to no database.</summary>
public sealed class RunningSpans
{
    /// <summary>How many are known at once: 10,000. Beyond that, the oldest is forgotten until it ends.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<RunningSpan> _spans = [];
    private readonly Dictionary<ActivitySpanId, LinkedListNode<RunningSpan>> _byId = [];
    private readonly Stack<LinkedListNode<RunningSpan>> _free = new();
    private readonly TimeProvider _clock;

    internal RunningSpans(TimeProvider clock) => _clock = clock;

    /// <summary>Lists them, the oldest first.</summary>
    /// <returns>The spans with what they had when they started; their duration lasts until now. They have no content.</returns>
    public IReadOnlyList<SpanRecord> List()
    {
        (Activity Span, SpanPlace Place, string Name, KeyValuePair<string, object?>[] Tags)[] running;
        lock (_lock)
        {
            running = [.. _spans.Select(static span => span.Find()).Where(static span => span is not null).Select(static span => span!.Value)];
        }

        var now = _clock.GetUtcNow();
        return [.. running.Select(span => SpanReader.Read(new(span.Span, span.Place, span.Name, span.Tags))).Select(span => span with
        {
            Duration = now > span.Time ? now - span.Time : TimeSpan.Zero,
            Content = null,
        })];
    }

    internal void Add(Activity span, SpanPlace where)
    {
        lock (_lock)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_byId, span.SpanId, out var isKnown);
            if (isKnown)
            {
                return;
            }

            place = _free.TryPop(out var node) ? node : node = new(new RunningSpan());
            node.Value.Begin(span, where);
            _spans.AddLast(node);
            if (_spans.Count > Capacity && _byId.Remove(_spans.First!.Value.Id, out var oldest))
            {
                Free(oldest);
            }
        }
    }

    internal void Remove(ActivitySpanId spanId)
    {
        lock (_lock)
        {
            if (_byId.Remove(spanId, out var node))
            {
                Free(node);
            }
        }
    }

    private void Free(LinkedListNode<RunningSpan> node)
    {
        _spans.Remove(node);
        node.Value.End();
        _free.Push(node);
    }
}
