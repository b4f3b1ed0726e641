using System.Diagnostics;

namespace AiObs.Store.Traces;

/// <summary>A span that has started, and what it had then. It is used again for another one, as a weak reference costs more than all the rest.</summary>
internal sealed class RunningSpan
{
    private readonly WeakReference<Activity> _span = new(null!);
    private SpanPlace _place;
    private string _name = "";
    private KeyValuePair<string, object?>[] _tags = [];

    public ActivitySpanId Id { get; private set; }

    public void Begin(Activity span, SpanPlace place)
    {
        Id = span.SpanId;
        _span.SetTarget(span);
        _place = place;
        _name = span.DisplayName;
        _tags = SpanSnapshot.TagsOf(span);
    }

    public void End()
    {
        _span.SetTarget(null!);
        _tags = [];
    }

    /// <summary>
    /// Returns what makes a copy of it; <see langword="null"/> for one that was muted after its start, as another stands for it, and for one that nobody has any more and nobody ends.
    /// </summary>
    public (Activity Span, SpanPlace Place, string Name, KeyValuePair<string, object?>[] Tags)? Find() =>
        _span.TryGetTarget(out var span) && span.IsAllDataRequested ? (span, _place, _name, _tags) : null;
}
