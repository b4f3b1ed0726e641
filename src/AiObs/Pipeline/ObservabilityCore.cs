using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using AiObs.Operations;
using Microsoft.Extensions.Logging;

namespace AiObs.Pipeline;

/// <summary>What all pipelines of one <see cref="AgentObservability"/> share: source, meter, clock, logger, observers and the switch.</summary>
internal sealed class ObservabilityCore : IDisposable
{
    private const string SchemaUrlOf141 = "https://opentelemetry.io/schemas/1.41.0";
    private const string SchemaUrlOfLatest = "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev";

    private static readonly string Version =
        typeof(ObservabilityCore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public ObservabilityCore(
        AgentObservabilityOptions options, ILogger logger, TimeProvider clock, IEnumerable<IOperationObserver> observers)
        : this(options, logger, clock, new OperationObservers(observers), new ObservationSwitch(options.Enabled), new OperationIds())
    {
        Warnings = new ClientWarnings(logger, Faults);
        Attempts = new AttemptWatch(options.RecordAttempts, Ids, Faults, clock);
    }

    private ObservabilityCore(
        AgentObservabilityOptions options,
        ILogger logger,
        TimeProvider clock,
        OperationObservers observers,
        ObservationSwitch isOn,
        OperationIds ids)
    {
        SourceName = options.SourceName;
        Profile = options.GenAIProfile;
        CallbackTimeout = options.CallbackTimeout;
        Source = CreateSource();
        Meter = new Meter(new MeterOptions(options.SourceName) { Version = Version, TelemetrySchemaUrl = SchemaUrl });
        Logger = logger;
        Clock = clock;
        Observers = observers;
        Faults = new Faults(Meter, logger);
        Switch = isOn;
        Ids = ids;
        Gates = new CallGates([], Faults);
    }

    public string SourceName { get; }

    public GenAIProfile Profile { get; }

    /// <summary>Gets how long a call waits for code of the application's own.</summary>
    public TimeSpan CallbackTimeout { get; }

    public ActivitySource Source { get; }

    public Meter Meter { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public OperationObservers Observers { get; private set; }

    public Faults Faults { get; }

    /// <summary>Gets what warns of how clients are put together.</summary>
    public ClientWarnings Warnings { get; private init; } = null!;

    /// <summary>Gets what notes failed HTTP requests of model calls.</summary>
    public AttemptWatch Attempts { get; private init; } = null!;

    public OperationIds Ids { get; }

    /// <summary>Gets what the doctor judges calls by.</summary>
    public CallCounts Counts { get; private init; } = new();

    /// <summary>Gets the answers that models gave, to whichever client.</summary>
    public GivenAnswers Answers { get; private init; } = new();

    /// <summary>Gets where the latest answers stand.</summary>
    public RecentAnswers RecentAnswers { get; private init; } = new();

    /// <summary>Gets the spans that something keeps.</summary>
    public KeptSpans KeptSpans { get; private init; } = new();

    /// <summary>Gets or sets the gates that model calls pass.</summary>
    public CallGates Gates { get; set; }

    /// <summary>Gets the switch that the root and all its clients hang on.</summary>
    public ObservationSwitch Switch { get; }

    private string SchemaUrl => Profile == GenAIProfile.Latest ? SchemaUrlOfLatest : SchemaUrlOf141;

    /// <summary>Returns a core for a client whose source or profile is another one; it shares everything else.</summary>
    public ObservabilityCore With(AgentObservabilityOptions options) =>
        new(options, Logger, Clock, Observers, Switch, Ids) { Warnings = Warnings, Attempts = Attempts, Gates = Gates, Answers = Answers, RecentAnswers = RecentAnswers, KeptSpans = KeptSpans, Counts = Counts };

    /// <summary>Returns a core for a client that more observers hear of; it shares everything else.</summary>
    public ObservabilityCore With(OperationObservers observers)
    {
        var copy = (ObservabilityCore)MemberwiseClone();
        copy.Observers = observers;
        return copy;
    }

    /// <summary>Returns a core for a client that passes other gates; it shares everything else.</summary>
    public ObservabilityCore With(CallGates gates)
    {
        var copy = (ObservabilityCore)MemberwiseClone();
        copy.Gates = gates;
        return copy;
    }

    /// <summary>Creates an activity source that nobody can tell from <see cref="Source"/>.</summary>
    public ActivitySource CreateSource() => Sources.Create(new(SourceName) { Version = Version, TelemetrySchemaUrl = SchemaUrl });

    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
