using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiObs.Events;

/// <summary>Tells how the event sinks do: state, queue, losses, last error and last success of each.</summary>
/// <remarks>
/// Register it with <c>services.AddHealthChecks().AddCheck&lt;AiObsEventSinksHealthCheck&gt;("aiobs-events")</c>. It is healthy while all sinks work and
/// have room; degraded while one retries, has lost events since the check before, or has its queue four fifths full; and it has the
/// registration's failure status, unhealthy by default, while one is broken or hung.
/// </remarks>
public sealed class AiObsEventSinksHealthCheck : IHealthCheck
{
    private const double FullShare = 0.8;

    private readonly AgentEvents _events;
    private readonly Lock _lock = new();
    private Dictionary<string, long> _droppedBefore = [];

    /// <summary>Initializes a new instance of the <see cref="AiObsEventSinksHealthCheck"/> class.</summary>
    /// <param name="events">The events whose sinks are checked.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is <see langword="null"/>.</exception>
    public AiObsEventSinksHealthCheck(AgentEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        _events = events;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var sinks = _events.GetSinks();
        var problems = FindProblems(sinks);
        var isDown = sinks.Any(static sink => sink.State is EventSinkState.Broken or EventSinkState.Hung);
        var status = isDown ? context.Registration.FailureStatus : problems.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        var description = problems.Count > 0 ? string.Join(" ", problems) : $"{sinks.Count} event sinks work.";
        return Task.FromResult(new HealthCheckResult(status, description, data: sinks.ToDictionary(static sink => sink.Name, static sink => (object)sink)));
    }

    private List<string> FindProblems(IReadOnlyList<EventSinkStatus> sinks)
    {
        lock (_lock)
        {
            var problems = sinks.SelectMany(ProblemsOf).ToList();
            _droppedBefore = sinks.ToDictionary(static sink => sink.Name, static sink => sink.Dropped);
            return problems;
        }
    }

    private IEnumerable<string> ProblemsOf(EventSinkStatus sink)
    {
        if (sink.State != EventSinkState.Working)
        {
            yield return $"{sink.Name} is {NameOf(sink.State)} after {sink.Failures} failures, last {sink.LastErrorType}.";
        }

        if (sink.Queued >= sink.Capacity * FullShare)
        {
            yield return $"{sink.Name} has {sink.Queued} of {sink.Capacity} events waiting.";
        }

        if (sink.Dropped - _droppedBefore.GetValueOrDefault(sink.Name) is > 0 and var lost)
        {
            yield return $"{sink.Name} has lost {lost} events.";
        }
    }

    private static string NameOf(EventSinkState state) => state switch
    {
        EventSinkState.Retrying => "retrying",
        EventSinkState.Broken => "broken",
        EventSinkState.Hung => "hung",
        EventSinkState.Stopped => "stopped",
        _ => "working",
    };
}
