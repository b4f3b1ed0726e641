using AiObs.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiObs;

/// <summary>Tells whether what is observed gets anywhere: whether anybody listens to the spans of a root, and whether exporters fail.</summary>
/// <remarks>
/// Register it with <c>services.AddHealthChecks().AddCheck&lt;AiObsListenersHealthCheck&gt;("aiobs-listeners")</c>. It is degraded while nobody listens to the activity source of the root, and when an
/// exporter of the OpenTelemetry SDK has said since the check before that it fails; the first time of each is logged too. While it exists it listens to
/// what exporters say of themselves (event sources <c>OpenTelemetry-Exporter-…</c>), until it is disposed; without it nothing does.
/// </remarks>
public sealed class AiObsListenersHealthCheck : IHealthCheck, IDisposable
{
    private readonly AgentObservability _observability;
    private readonly ExporterErrors _errors = new();
    private readonly Lock _lock = new();
    private long _errorsBefore;
    private bool _wasHeard;
    private bool _hasLoggedSilence;
    private bool _hasLoggedErrors;

    /// <summary>Initializes a new instance of the <see cref="AiObsListenersHealthCheck"/> class.</summary>
    /// <param name="observability">The root whose spans are asked for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observability"/> is <see langword="null"/>.</exception>
    public AiObsListenersHealthCheck(AgentObservability observability)
    {
        ArgumentNullException.ThrowIfNull(observability);
        _observability = observability;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            List<string> problems = [.. FindSilence(), .. FindErrors()];
            return Task.FromResult(problems.Count > 0
                ? HealthCheckResult.Degraded(string.Join(" ", problems))
                : HealthCheckResult.Healthy(_observability.Enabled ? "Spans are listened to." : "Observation is switched off."));
        }
    }

    /// <summary>Stops listening to exporters.</summary>
    public void Dispose() => _errors.Dispose();

    private IEnumerable<string> FindSilence()
    {
        var source = _observability.Pipeline.Source;
        if (source.HasListeners())
        {
            _wasHeard = true;
            yield break;
        }

        if (!_observability.Enabled)
        {
            yield break;
        }

        if (!_hasLoggedSilence)
        {
            _hasLoggedSilence = true;
            _observability.Core.Logger.NobodyListens(source.Name);
        }

        yield return _wasHeard
            ? $"Nobody listens to the activity source {source.Name} any more: its tracer provider was disposed."
            : $"Nobody listens to the activity source {source.Name}: no tracer provider has AddAgentObservability(), or it was not built.";
    }

    private IEnumerable<string> FindErrors()
    {
        var errors = _errors.Count;
        var news = errors - _errorsBefore;
        _errorsBefore = errors;
        if (news == 0)
        {
            yield break;
        }

        if (!_hasLoggedErrors)
        {
            _hasLoggedErrors = true;
            _observability.Core.Logger.ExporterFails(_errors.Last);
        }

        yield return $"Exporters have told of {news} failures since the check before, last {_errors.Last}.";
    }
}
