using AiObs.Delivery;
using AiObs.Store.Traces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiObs.Store;

/// <summary>Tells how the trace store does: state, queue and losses.</summary>
/// <remarks>
/// Register it with <c>services.AddHealthChecks().AddCheck&lt;AiObsTracesHealthCheck&gt;("aiobs-traces")</c>. It is healthy while the store works and has
/// room; degraded while it is retried, has lost spans since the check before, or has its queue four fifths full; and it has the registration's failure
/// status, unhealthy by default, while the store is broken or hung.
/// </remarks>
public sealed class AiObsTracesHealthCheck : IHealthCheck
{
    private const double FullShare = 0.8;

    private readonly TraceWriter _writer;
    private long _droppedBefore;

    /// <summary>Initializes a new instance of the <see cref="AiObsTracesHealthCheck"/> class.</summary>
    /// <param name="services">The services that <c>AddTraces()</c> was called for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>AddTraces()</c> was not called.</exception>
    public AiObsTracesHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _writer = services.GetService<TraceWriter>() ?? throw new InvalidOperationException("No traces are kept. Call AddTraces() on AddAgentObservability().");

        // The writer begins with the root.
        services.GetRequiredService<AgentObservability>();
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var status = _writer.Status!;
        var problems = ProblemsOf(status, Interlocked.Exchange(ref _droppedBefore, status.Dropped)).ToList();
        var isDown = status.State is DeliveryState.Broken or DeliveryState.Hung;
        return Task.FromResult(new HealthCheckResult(
            isDown ? context.Registration.FailureStatus : problems.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy,
            problems.Count > 0 ? string.Join(" ", problems) : "The trace store works.",
            data: new Dictionary<string, object>
            {
                ["state"] = status.State.ToString(),
                ["queued"] = status.Waiting,
                ["written"] = status.Written,
                ["dropped"] = status.Dropped,
            }));
    }

    private IEnumerable<string> ProblemsOf(DeliveryStatus status, long droppedBefore)
    {
        if (status.State != DeliveryState.Working)
        {
            yield return $"The trace store is {NameOf(status.State)} after {status.Failures} failures, last {status.LastErrorType}.";
        }

        if (status.Waiting >= _writer.Capacity * FullShare)
        {
            yield return $"{status.Waiting} of {_writer.Capacity} spans wait.";
        }

        if (status.Dropped > droppedBefore)
        {
            yield return $"{status.Dropped - droppedBefore} spans were lost.";
        }
    }

    private static string NameOf(DeliveryState state) => state switch
    {
        DeliveryState.Retrying => "retried",
        DeliveryState.Broken => "broken",
        DeliveryState.Hung => "hung",
        DeliveryState.Stopped => "stopped",
        _ => "working",
    };
}
