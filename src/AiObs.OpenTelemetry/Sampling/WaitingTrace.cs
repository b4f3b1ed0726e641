using System.Diagnostics;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>The finished spans of a trace that is not decided yet. Not safe for threads: its buffer holds a lock.</summary>
internal sealed class WaitingTrace
{
    private readonly List<Activity> _spans = [];

    /// <summary>Spans at the top of the trace in this process that have not ended, whether or not anybody exports them.</summary>
    private readonly List<Activity> _roots = new(1);

    public WaitingTrace(ActivityTraceId id, long since)
    {
        Id = id;
        Since = since;
        Place = new LinkedListNode<WaitingTrace>(this);
    }

    public ActivityTraceId Id { get; }

    /// <summary>Gets the timestamp at which it began to wait.</summary>
    public long Since { get; }

    /// <summary>Gets its place among the others, by age.</summary>
    public LinkedListNode<WaitingTrace> Place { get; }

    public IReadOnlyList<Activity> Spans => _spans;

    public SpanFacts Facts { get; private set; }

    /// <summary>Gets or sets a value indicating whether nothing of it was running when it was last looked at.</summary>
    public bool WasQuiet { get; set; }

    public bool HasRoots => _roots.Count > 0;

    /// <summary>Gets a value indicating whether a root still runs; one that stopped may be about to be reported.</summary>
    public bool IsRunning => _roots.Exists(static root => !root.IsStopped);

    /// <summary>Gets a value indicating whether it holds nothing and nothing of it runs: its root was taken back after it had started, and nobody reports it.</summary>
    public bool IsAbandoned => _spans.Count == 0 && !IsRunning;

    public void Add(Activity span, in SpanFacts facts)
    {
        Facts = _spans.Count == 0 ? facts : Facts.And(facts);
        _spans.Add(span);
    }

    public void Open(Activity root)
    {
        if (!_roots.Contains(root))
        {
            _roots.Add(root);
        }
    }

    public void Close(Activity root) => _roots.Remove(root);
}
