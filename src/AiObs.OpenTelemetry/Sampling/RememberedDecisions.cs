using System.Diagnostics;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>The newest decisions, for spans that come late. Not safe for threads: the buffer that asks holds a lock.</summary>
internal sealed class RememberedDecisions(int capacity)
{
    private readonly Dictionary<ActivityTraceId, TraceDecision> _decisions = [];
    private readonly Queue<ActivityTraceId> _oldestFirst = new();

    public bool TryGet(ActivityTraceId id, out TraceDecision decision) => _decisions.TryGetValue(id, out decision);

    public void Set(ActivityTraceId id, TraceDecision decision)
    {
        if (!_decisions.TryAdd(id, decision))
        {
            _decisions[id] = decision;
            return;
        }

        _oldestFirst.Enqueue(id);
        if (_oldestFirst.Count > capacity)
        {
            _decisions.Remove(_oldestFirst.Dequeue());
        }
    }
}
