using System.Globalization;
using AiObs.Pipeline;

namespace AiObs.Hosting;

/// <summary>Finds a root to whose spans nobody listens, and exporters that fail. It hears exporters from when it is made.</summary>
internal sealed class ListenersCheck(ObservabilityCore core) : IDoctorCheck, IDisposable
{
    private const string NobodyListens = "AIOBS003";
    private const string ExporterFails = "AIOBS004";

    /// <summary>How long a failure is told of, so that one of yesterday that nothing followed is not.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly ExporterErrors _errors = new(core.Clock);
    private bool _wasHeard;

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new([.. FindSilence(), .. FindErrors()]);

    public void Dispose() => _errors.Dispose();

    private IEnumerable<DoctorFinding> FindSilence()
    {
        if (core.Source.HasListeners())
        {
            _wasHeard = true;
        }
        else if (core.Switch.IsOn)
        {
            yield return new(
                NobodyListens,
                DoctorSeverity.Error,
                $"Nobody listens to the activity source {LogText.Name(core.SourceName)}{(_wasHeard ? " any more" : "")}, so there are no spans.",
                _wasHeard ? "The tracer provider was disposed." : "No tracer provider has AddAgentObservability(), it was not built, or no traces are kept.",
                "services.AddOpenTelemetry().WithTracing(tracing => tracing.AddAgentObservability().AddOtlpExporter());");
        }
    }

    private IEnumerable<DoctorFinding> FindErrors()
    {
        if (_errors is { Count: > 0 and var count, LastTime: var last } && core.Clock.GetUtcNow() - last <= Recent)
        {
            yield return new(
                ExporterFails,
                DoctorSeverity.Error,
                string.Create(CultureInfo.InvariantCulture, $"Exporters have told of {count} failures, last {_errors.Last} at {last.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
                "Spans, metrics or logs do not arrive: the server cannot be reached, refuses them, or is too slow.",
                "Check the address and the key of the exporter, such as OTEL_EXPORTER_OTLP_ENDPOINT.");
        }
    }
}
