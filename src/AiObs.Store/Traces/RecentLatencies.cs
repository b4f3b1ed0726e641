using AiObs.Operations;
using AiObs.Store.Traces;

namespace AiObs.Store;

/// <summary>How long the operations of the last hour took, in memory: one histogram a minute and name.</summary>
/// <remarks>It needs no store and no span: it hears of every operation, whatever a sampler decides. A call that its client refused is none.</remarks>
public sealed class RecentLatencies : IOperationObserver
{
    /// <summary>How many combinations of kind, model, provider, agent and tool are told apart: 1,000. Those of the rest are <see cref="LatencyGroup.Other"/>.</summary>
    public const int MaxNames = 1_000;

    private const int Minutes = 60;

    private readonly Lock _lock = new();
    private readonly Dictionary<LatencyKey, LatencyCounts>[] _minutes = [.. Enumerable.Range(0, Minutes).Select(static _ => new Dictionary<LatencyKey, LatencyCounts>())];
    private readonly Dictionary<LatencyKey, int> _names = [];
    private readonly TimeProvider _clock;
    private long _current;

    internal RecentLatencies(TimeProvider clock) => _clock = clock;

    /// <summary>Sums up how long operations took that ended in the last 60 minutes, the current one included.</summary>
    /// <param name="by">By what they are told apart; not at all when <see langword="null"/>.</param>
    /// <param name="kind">The kind; all when <see langword="null"/>.</param>
    /// <returns>The groups, by key in ordinal order; the one without a key comes first.</returns>
    public IReadOnlyList<LatencyGroup> Summarize(LatencyGrouping? by = null, OperationKind? kind = null) => Summarize(by, kind, isByMinute: false);

    /// <summary>Sums up how long operations took that ended in the last 60 minutes, the current one included, minute by minute.</summary>
    /// <param name="by">By what they are told apart; not at all when <see langword="null"/>.</param>
    /// <param name="kind">The kind; all when <see langword="null"/>.</param>
    /// <returns>The groups, by the start of their minute in UTC, then by key in ordinal order; the one without a key comes first. A minute without any is left out.</returns>
    public IReadOnlyList<LatencyGroup> SummarizeMinutes(LatencyGrouping? by = null, OperationKind? kind = null) => Summarize(by, kind, isByMinute: true);

    /// <inheritdoc/>
    void IOperationObserver.Started(AgentOperation operation)
    {
    }

    /// <inheritdoc/>
    void IOperationObserver.Completed(AgentOperation operation)
    {
        if (operation.Outcome == OperationOutcome.Refused)
        {
            // It was never made.
            return;
        }

        var key = KeyOf(operation);
        lock (_lock)
        {
            GoOn();
            var minute = _minutes[_current % Minutes];
            if (!minute.TryGetValue(key, out var counts))
            {
                key = Admit(key);
                if (!minute.TryGetValue(key, out counts))
                {
                    minute[key] = counts = new();
                    _names[key] = _names.GetValueOrDefault(key) + 1;
                }
            }

            counts.Add(operation.Duration, operation.Outcome == OperationOutcome.Failed);
        }
    }

    private static LatencyKey KeyOf(AgentOperation operation)
    {
        var model = operation as ModelOperation;
        var agent = operation as AgentRunOperation ?? operation.FindAgentRun();
        return new(
            Hour: 0,
            operation.Kind,
            model?.Endpoint.Provider,
            model?.ResponseModel ?? model?.RequestModel,
            agent?.Name,
            operation is ToolOperation ? operation.Name : null);
    }

    private IReadOnlyList<LatencyGroup> Summarize(LatencyGrouping? by, OperationKind? kind, bool isByMinute)
    {
        var groups = new LatencyGroups(by, interval: null);
        lock (_lock)
        {
            GoOn();
        }

        // A minute at a time, as calls that end wait meanwhile.
        for (var place = 0; place < Minutes; place++)
        {
            lock (_lock)
            {
                DateTimeOffset? start = isByMinute ? StartOf(place) : null;
                foreach (var (key, counts) in _minutes[place].Where(pair => kind is null || pair.Key.Kind == kind))
                {
                    groups.Add(start, key, counts);
                }
            }
        }

        return groups.ToList();
    }

    /// <summary>Returns when the minute started that stands at a place now: the latest that does, up to the current one.</summary>
    private DateTimeOffset StartOf(int place) => new((_current - ((_current - place) % Minutes)) * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private LatencyKey Admit(LatencyKey key) => _names.ContainsKey(key) || _names.Count < MaxNames ? key : key.ToOther();

    /// <summary>Clears the minutes that have become too old.</summary>
    private void GoOn()
    {
        var now = _clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        for (var minute = Math.Max(_current + 1, now - Minutes + 1); minute <= now; minute++)
        {
            var old = _minutes[minute % Minutes];
            foreach (var key in old.Keys)
            {
                Forget(key);
            }

            old.Clear();
        }

        // A clock that is set back goes on in the minute that it was in.
        _current = Math.Max(_current, now);
    }

    private void Forget(LatencyKey key)
    {
        if (--_names[key] == 0)
        {
            _names.Remove(key);
        }
    }
}
