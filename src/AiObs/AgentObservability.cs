using AiObs.Operations;
using AiObs.Privacy;
using AiObs.Tools;
using AiObs.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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
    private readonly IDisposable? _liveOptions;
    private ServiceProvider? _ownServices;

    internal AgentObservability(
        AgentObservabilityOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? clock,
        IEnumerable<IOperationObserver> observers,
        IOptionsMonitor<AgentObservabilityOptions>? monitor = null)
    {
        var logger = loggerFactory?.CreateLogger("AiObs") ?? NullLogger.Instance;
        EnvironmentDefaults.WarnOfUnreadable(Environment.GetEnvironmentVariable, logger);
        _core = new ObservabilityCore(options, logger, clock ?? TimeProvider.System, observers);
        _ownsCore = true;
        _liveOptions = monitor?.OnChange(changed => _core.IsEnabled = changed.Enabled);
        Pipeline = new OperationPipeline(_core, options.Clone());
        Tools = new ToolObserver(this);
        Tracer = new AgentTracer(Pipeline);
    }

    private AgentObservability(ObservabilityCore core, bool ownsCore, AgentObservabilityOptions options)
    {
        _core = core;
        _ownsCore = ownsCore;
        Pipeline = new OperationPipeline(core, options);
        Tools = new ToolObserver(this);
        Tracer = new AgentTracer(Pipeline);
    }

    /// <summary>Gets or sets a value indicating whether anything is observed; takes effect on the next call.</summary>
    /// <value>The default is what <see cref="AgentObservabilityOptions.Enabled"/> says.</value>
    public bool Enabled
    {
        get => _core.IsEnabled;
        set => _core.IsEnabled = value;
    }

    /// <summary>Gets what traces work of the application's own: agents, tools, model calls, prompts and more.</summary>
    public AgentTracer Tracer { get; }

    internal OperationPipeline Pipeline { get; }

    /// <summary>Gets what wraps functions; one per root, so that a function has one wrapper.</summary>
    internal ToolObserver Tools { get; }

    /// <summary>Creates a root without a container of the application's.</summary>
    /// <param name="configure">What to set; the same builder that <c>services.AddAgentObservability()</c> returns.</param>
    /// <returns>The root; the caller disposes it.</returns>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static AgentObservability Create(Action<AgentObservabilityBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        configure?.Invoke(services.AddAgentObservability());
        if (configure is null)
        {
            services.AddAgentObservability();
        }

        var provider = services.BuildServiceProvider();
        try
        {
            var observability = provider.GetRequiredService<AgentObservability>();
            observability._ownServices = provider;
            return observability;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        Interlocked.Exchange(ref _ownServices, null)?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Release();
        if (Interlocked.Exchange(ref _ownServices, null) is { } services)
        {
            await services.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns a root with changed options for one client; it shares everything else, so its lifetime is that of this one.</summary>
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
        return new AgentObservability(
            sharesCore ? _core : new ObservabilityCore(options, _core.Logger, _core.Clock, _core.Observers, outer: _core),
            ownsCore: !sharesCore,
            options);
    }

    private void Release()
    {
        _liveOptions?.Dispose();
        if (_ownsCore)
        {
            _core.Dispose();
        }
    }
}
