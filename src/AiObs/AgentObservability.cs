using AiObs.Events;
using AiObs.Hosting;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>The root of everything observed: owns the options, the clock, the activity source and the meter.</summary>
/// <remarks>
/// It comes from dependency injection (<c>services.AddAgentObservability()</c>) or from <see cref="Create"/>.
/// Dispose it after the last client that uses it.
/// </remarks>
public sealed class AgentObservability : IAsyncDisposable, IDisposable
{
    private readonly ObservabilityCore _core;
    private readonly bool _ownsCore;
    private readonly IDisposable? _configuredSwitch;
    private readonly IReadOnlyList<ICallGate> _ownGates = [];
    private readonly AgentEvents? _ownEvents;
    private readonly AgentFeedback? _ownFeedback;
    private readonly AgentObservability? _parent;
    private readonly LoopSource _loops;
    private readonly RateLimitListener? _rateLimits;
    private int _isReleased;

    internal AgentObservability(
        AgentObservabilityOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? clock,
        IEnumerable<IOperationObserver> observers,
        IEnumerable<GateFactory>? gates = null,
        EventOptions? events = null,
        ConfiguredSwitch? configuredSwitch = null)
        : this(
            new ObservabilityCore(options, GuardedLogger.Of(loggerFactory), clock ?? TimeProvider.System, observers),
            ownsCore: true,
            OptionsOfClients(options),
            parent: null)
    {
        EnvironmentDefaults.WarnOfUnreadable(Environment.GetEnvironmentVariable, _core.Logger);
        _ownGates = [.. (gates ?? []).Select(factory => factory.Create(_core))];
        _core.Gates = new CallGates(_ownGates, _core.Faults);
        _ownEvents = new AgentEvents(_core, Pipeline, (events ?? new EventOptions()).Clone());
        _ownFeedback = new AgentFeedback(Pipeline, _ownEvents, _core);
        _configuredSwitch = configuredSwitch?.Turn(_core);
        _rateLimits = options.RecordRateLimits
            ? new RateLimitListener(new RateLimits(_core.Meter, _core.Faults, _core.Clock), _core.Ids, _core.Faults)
            : null;
    }

    private AgentObservability(ObservabilityCore core, bool ownsCore, AgentObservabilityOptions options, AgentObservability? parent)
    {
        _core = core;
        _parent = parent;
        _ownsCore = ownsCore;
        _loops = new LoopSource(core, source => LoopListener.Create(source, Tools!.Recorder));
        Pipeline = new OperationPipeline(core, options, _loops) { Root = this };
        Tools = new ToolObserver(Pipeline);
        Tracer = new AgentTracer(Pipeline);
    }

    /// <summary>Initializes a new instance of the <see cref="AgentObservability"/> class for a client with sinks of its own.</summary>
    private AgentObservability(ObservabilityCore core, AgentObservabilityOptions options, AgentObservability parent, AgentEvents shared)
        : this(core, ownsCore: false, options, parent) => _ownEvents = new AgentEvents(_core, Pipeline, shared);

    /// <summary>Gets or sets a value indicating whether anything is observed; takes effect on the next call.</summary>
    /// <value>The default is what <see cref="AgentObservabilityOptions.Enabled"/> says.</value>
    public bool Enabled
    {
        get => _core.Switch.IsOn;
        set => _core.Switch.IsOn = value;
    }

    /// <summary>Gets what traces work of the application's own: agents, tools, model calls, prompts and more.</summary>
    public AgentTracer Tracer { get; }

    /// <summary>Gets the events: raises the application's own, adds and removes sinks.</summary>
    public AgentEvents Events => _ownEvents ?? _parent!.Events;

    /// <summary>Gets what records what people think of answers.</summary>
    public AgentFeedback Feedback => _ownFeedback ?? _parent!.Feedback;

    /// <summary>Gets what says of the root what is set up wrongly or does not work, and the line that mends it.</summary>
    public Doctor Doctor => Root.FindDoctor();

    internal OperationPipeline Pipeline { get; }

    /// <summary>Gets or sets what else belongs to the root.</summary>
    internal IReadOnlyList<RootPart> Parts { get; set; } = [];

    /// <summary>Gets or sets what finds the doctor among the services that the root is made of.</summary>
    internal Func<Doctor> FindDoctor { get; set; } = static () => new([]);

    /// <summary>Gets what all pipelines of the root share.</summary>
    internal ObservabilityCore Core => _core;

    /// <summary>Gets what notes failed HTTP requests of model calls.</summary>
    internal AttemptWatch Attempts => _core.Attempts;

    /// <summary>Gets the services that <see cref="Create"/> made the root of; <see langword="null"/> where they are the application's.</summary>
    internal ServiceProvider? OwnServices { get; private set; }

    /// <summary>Gets the root that this is a view of, for one client; the root itself, where it is that.</summary>
    internal AgentObservability Root => _parent?.Root ?? this;

    /// <summary>Gets what a view changes of the options of its root; <see langword="null"/> where that is nothing.</summary>
    internal Action<AgentObservabilityOptions>? Changes { get; private init; }

    /// <summary>Gets a value indicating whether a view is switched off by its options, whatever the root's switch says.</summary>
    internal bool IsOff => !Pipeline.Options.Enabled;

    /// <summary>Gets what observes functions; one per root, so that a function has one wrapper.</summary>
    internal ToolObserver Tools { get; }

    /// <summary>Creates a root without a container of the application's.</summary>
    /// <param name="configure">What to set; the same builder that <c>services.AddAgentObservability()</c> returns.</param>
    /// <returns>The root; the caller disposes it.</returns>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static AgentObservability Create(Action<AgentObservabilityBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        RootRegistration.Add(services);
        configure?.Invoke(new AgentObservabilityBuilder(services));
        var provider = services.BuildServiceProvider();
        try
        {
            var observability = provider.GetRequiredService<AgentObservability>();
            observability.OwnServices = provider;
            return observability;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stops observing. Blocks until event sinks have written what waits, at most <see cref="EventOptions.ShutdownTimeout"/>, and as long once more
    /// for the disposal of what <see cref="Create"/> made.
    /// </summary>
    public void Dispose()
    {
        foreach (var gate in _ownGates.OfType<IDisposable>())
        {
            gate.Dispose();
        }

        // The sinks run on threads of the pool and come back to none in particular, so that waiting here cannot lock up.
        StopAsync().GetAwaiter().GetResult();
    }

    /// <summary>
    /// Stops observing, once event sinks have written what waits, at most after <see cref="EventOptions.ShutdownTimeout"/>, and as long once more
    /// for the disposal of what <see cref="Create"/> made.
    /// </summary>
    /// <returns>A task that ends when all is released.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _ownGates.OfType<IAsyncDisposable>())
        {
            await gate.DisposeAsync().ConfigureAwait(false);
        }

        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Finds the root of a container, or makes one of its own where the container has none.</summary>
    /// <param name="services">The container, if there is one.</param>
    /// <param name="configure">Changes a copy of the options.</param>
    /// <returns>The root, and whether the client that asked for it disposes it.</returns>
    internal static (AgentObservability Observability, bool IsOwned) For(
        IServiceProvider? services, Action<AgentObservabilityOptions>? configure)
    {
        if (services?.GetService<AgentObservability>() is { } shared)
        {
            var own = shared.With(configure);
            return (own, !ReferenceEquals(own, shared));
        }

        return (CreateBeside(services, builder => builder.Configure(configure ?? (static _ => { }))), true);
    }

    /// <summary>Creates a root of its own for a client in a container that has none.</summary>
    internal static AgentObservability CreateBeside(IServiceProvider? services, Action<AgentObservabilityBuilder> configure) => Create(builder =>
    {
        if (services?.GetService<ILoggerFactory>() is { } loggerFactory)
        {
            builder.Services.AddSingleton(loggerFactory);
        }

        configure(builder);
    });

    /// <summary>Adds an observer, which hears of every operation.</summary>
    internal void AddObserver(IOperationObserver observer) => _core.Observers.Add(observer);

    /// <summary>Adds a gate, which is asked after those that are there.</summary>
    internal void AddGate(ICallGate gate) => _core.Gates = _core.Gates.And(gate);

    /// <summary>Tells whether both are one root, or views of one.</summary>
    internal bool IsOfSameRoot(AgentObservability other) => ReferenceEquals(Root, other.Root);

    /// <summary>Returns a view with changed options for one client; it shares everything else, so its lifetime is that of this one.</summary>
    internal AgentObservability With(Action<AgentObservabilityOptions>? configure)
    {
        if (configure is null)
        {
            return this;
        }

        var options = Pipeline.Options.Clone();
        configure(options);
        AgentObservabilityOptionsValidator.ThrowIfInvalid(options);
        var sharesCore = options.SourceName == _core.SourceName && options.GenAIProfile == _core.Profile;
        return new AgentObservability(sharesCore ? _core : _core.With(options), ownsCore: !sharesCore, options, parent: this)
        {
            Changes = Changes + configure,
        };
    }

    /// <summary>Returns a view with a sink for one client; it shares everything else, so its lifetime is that of this one.</summary>
    internal AgentObservability WithSink(ClientSink sink)
    {
        var core = _core.With(Events.ObserversOfClient());
        var view = new AgentObservability(core, Pipeline.Options, parent: this, Events) { Changes = Changes };
        view.Events.Add(sink.AddTo);
        return view;
    }

    /// <summary>Returns a view with other gates for one client; it shares everything else, so its lifetime is that of this one.</summary>
    internal AgentObservability WithGates(CallGates gates) =>
        new(_core.With(gates), ownsCore: false, Pipeline.Options, parent: this) { Changes = Changes };

    /// <summary>Copies the options for the pipelines of clients. The switch is live, so <c>Enabled</c> there only says whether a client was switched off by itself.</summary>
    private static AgentObservabilityOptions OptionsOfClients(AgentObservabilityOptions options)
    {
        var copy = options.Clone();
        copy.Enabled = true;
        return copy;
    }

    private async Task StopAsync()
    {
        if (_ownEvents is not null)
        {
            await _ownEvents.StopAsync().ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
        {
            return;
        }

        if (OwnServices is { } services)
        {
            // The container disposes this root again, its sinks, and whatever else it made. What hangs there is counted, so that the meter goes last.
            await Events.DisposeAsync("A sink or service of the root", () => services.DisposeAsync().AsTask()).ConfigureAwait(false);
        }

        Release();
    }

    private void Release()
    {
        _configuredSwitch?.Dispose();
        _rateLimits?.Dispose();
        _loops.Dispose();
        if (_parent is null)
        {
            Attempts.Dispose();
        }

        if (_ownsCore)
        {
            _core.Dispose();
        }
    }
}
