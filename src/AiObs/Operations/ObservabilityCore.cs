using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace AiObs.Operations;

/// <summary>What all pipelines of one <see cref="AgentObservability"/> share: source, meter, clock, logger, observers and the switch.</summary>
internal sealed class ObservabilityCore : IDisposable
{
    private const string SchemaUrlOf141 = "https://opentelemetry.io/schemas/1.41.0";
    private const string SchemaUrlOfLatest = "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev";

    private static readonly string Version =
        typeof(ObservabilityCore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private volatile bool _isEnabled = true;

    public ObservabilityCore(
        AgentObservabilityOptions options, ILogger logger, TimeProvider clock, IEnumerable<IOperationObserver> observers)
    {
        var schemaUrl = options.GenAIProfile == GenAIProfile.Latest ? SchemaUrlOfLatest : SchemaUrlOf141;
        SourceName = options.SourceName;
        Profile = options.GenAIProfile;
        Source = new ActivitySource(new ActivitySourceOptions(options.SourceName) { Version = Version, TelemetrySchemaUrl = schemaUrl });
        Meter = new Meter(new MeterOptions(options.SourceName) { Version = Version, TelemetrySchemaUrl = schemaUrl });
        Logger = logger;
        Clock = clock;
        Observers = [.. observers];
        Faults = new Faults(Meter, logger);
        _isEnabled = options.Enabled;
    }

    public string SourceName { get; }

    public GenAIProfile Profile { get; }

    public ActivitySource Source { get; }

    public Meter Meter { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public IOperationObserver[] Observers { get; }

    public Faults Faults { get; }

    /// <summary>Gets or sets a value indicating whether anything is observed; may be switched while calls run.</summary>
    public bool IsEnabled
    {
        get => _isEnabled;
        set => _isEnabled = value;
    }

    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
