using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace AiObs;

/// <summary>The one place that catches what goes wrong while observing: counts it, logs it once per part, and lets the observed call go on.</summary>
internal sealed class Faults
{
    private const string PartTag = "aiobs.part";

    private readonly ConcurrentDictionary<string, bool> _logged = new(StringComparer.Ordinal);
    private readonly ILogger _logger;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _drops;

    public Faults(Meter meter, ILogger logger)
    {
        _logger = logger;
        _faults = meter.Counter<long>(
            "aiobs.faults", "{fault}", "Exceptions that were caught while observing; each cost telemetry, never a call.");
        _drops = meter.Counter<long>(
            "aiobs.drops", "{drop}", "Pieces of telemetry that were left out because a limit was reached.");
    }

    /// <summary>Runs a part of the observation.</summary>
    public void Run<TState>(string part, TState state, Action<TState> action)
    {
        try
        {
            action(state);
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(part, exception);
        }
    }

    /// <summary>Runs a part of the observation that yields something; <see langword="null"/> when it failed.</summary>
    public TResult? Get<TState, TResult>(string part, TState state, Func<TState, TResult?> function)
        where TResult : class
    {
        try
        {
            return function(state);
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(part, exception);
            return null;
        }
    }

    /// <summary>Awaits a part of the observation that runs beside all calls; <see langword="false"/> when it failed.</summary>
    public async Task<bool> RunAsync<TState>(string part, TState state, Func<TState, ValueTask> action)
    {
        try
        {
            await action(state).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Observing never breaks the observed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(part, exception);
            return false;
        }
    }

    /// <summary>Counts an exception that was caught elsewhere, and logs it if it is the first of its part.</summary>
    public void Report(string part, Exception exception)
    {
        try
        {
            _faults.Add(1, new KeyValuePair<string, object?>(PartTag, part));
            if (_logged.TryAdd(part, true))
            {
                // The message may quote content, so type and frames have to do.
                _logger.ObservationFailed(part, exception.GetType().FullName, exception.StackTrace);
            }
        }
#pragma warning disable CA1031 // A meter listener or a log provider that throws has nobody left to be reported to.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing to do.
        }
    }

    /// <summary>Counts something that went wrong without an exception and that was logged elsewhere.</summary>
    public void Count(string part) => Run(part, (Faults: this, Part: part), static state =>
        state.Faults._faults.Add(1, new KeyValuePair<string, object?>(PartTag, state.Part)));

    /// <summary>Counts telemetry that a limit cut off.</summary>
    public void Drop(string part) => Run(part, (Faults: this, Part: part), static state =>
        state.Faults._drops.Add(1, new KeyValuePair<string, object?>(PartTag, state.Part)));
}
