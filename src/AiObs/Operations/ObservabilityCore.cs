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

    private readonly ObservabilityCore? _outer;
    private volatile bool _isEnabled;

    /// <param name="options">The options.</param>
    /// <param name="logger">The logger.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="observers">The observers.</param>
    /// <param name="outer">The core of the root, where this is the core of one client with a source of its own; its switch counts too.</param>
    public ObservabilityCore(
        AgentObservabilityOptions options,
        ILogger logger,
        TimeProvider clock,
        IEnumerable<IOperationObserver> observers,
        ObservabilityCore? outer = null)
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
        StartsEnabled = options.Enabled;
        _outer = outer;
        _isEnabled = options.Enabled || outer is { StartsEnabled: false };
    }

    public string SourceName { get; }

    public GenAIProfile Profile { get; }

    public ActivitySource Source { get; }

    public Meter Meter { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public IOperationObserver[] Observers { get; }

    public Faults Faults { get; }

    /// <summary>Gets a value indicating whether the options had it switched on; what a client only inherited from them follows the live switch.</summary>
    public bool StartsEnabled { get; }

    /// <summary>Gets or sets a value indicating whether anything is observed; may be switched while calls run.</summary>
    public bool IsEnabled
    {
        get => _isEnabled && _outer is not { IsEnabled: false };
        set => _isEnabled = value;
    }

    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
