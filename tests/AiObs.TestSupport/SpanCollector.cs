using System.Diagnostics;

namespace AiObs.TestSupport;

/// <summary>Listens to activity sources and keeps what they finish, in the order of stopping.</summary>
/// <remarks>Spans that somebody muted while they ran are left out, as exporters leave them out.</remarks>
public sealed class SpanCollector : IDisposable
{
    private readonly CollectedList<Activity> _started = new();
    private readonly CollectedList<Activity> _stopped = new();
    private readonly ActivityListener _listener;
    private readonly bool _keepsEmpty;

    /// <summary>Listens to every source of the given name and gives each activity the same sampling result.</summary>
    public SpanCollector(string sourceName, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
        : this(source => source.Name == sourceName, (ref _) => sampling, keepsEmpty: sampling == ActivitySamplingResult.PropagationData)
    {
    }

    /// <summary>Listens to every source of the given name; the sampler sees the tags given at creation.</summary>
    public SpanCollector(string sourceName, SampleActivity<ActivityContext> sampler)
        : this(source => source.Name == sourceName, sampler)
    {
    }

    /// <summary>Listens to the sources that the predicate picks and records all of them.</summary>
    public SpanCollector(Predicate<ActivitySource> shouldListenTo)
        : this(shouldListenTo, (ref _) => ActivitySamplingResult.AllDataAndRecorded)
    {
    }

    private SpanCollector(Predicate<ActivitySource> shouldListenTo, SampleActivity<ActivityContext> sampler, bool keepsEmpty = false)
    {
        _keepsEmpty = keepsEmpty;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => shouldListenTo(source),
            Sample = sampler,
            ActivityStarted = _started.Add,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Gets the activities stopped so far, in the order in which they stopped.</summary>
    public IReadOnlyList<Activity> Spans => _stopped.Items;

    /// <summary>Gets the activities started so far, stopped or not, in the order in which they started.</summary>
    public IReadOnlyList<Activity> Started => [.. _started.Items.Where(IsKept)];

    /// <summary>Returns the only stopped activity, or fails with a list of what there is.</summary>
    public Activity Only() => Only(_ => true, "in all");

    /// <summary>Returns the only stopped activity with that display name, or fails with a list of what there is.</summary>
    public Activity Only(string displayName) => Only(span => span.DisplayName == displayName, $"named '{displayName}'");

    /// <summary>Waits until at least so many activities stopped and returns all of them.</summary>
    public Task<IReadOnlyList<Activity>> WaitForSpansAsync(int count, CancellationToken cancellationToken) =>
        _stopped.WaitForAsync(count, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Stopped(Activity span)
    {
        if (IsKept(span))
        {
            _stopped.Add(span);
        }
    }

    private bool IsKept(Activity span) => _keepsEmpty || span.IsAllDataRequested;

    private Activity Only(Predicate<Activity> predicate, string description)
    {
        var spans = Spans;
        var matches = spans.Where(span => predicate(span)).ToList();

        if (matches.Count != 1)
        {
            var names = string.Join(", ", spans.Select(span => $"'{span.DisplayName}'"));
            Assert.Fail($"Expected one span {description}, found {matches.Count}. Stopped spans: [{names}]");
        }

        return matches[0];
    }
}
