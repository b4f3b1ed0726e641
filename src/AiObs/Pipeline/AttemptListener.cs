using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Hears of every HTTP request of the process, and notes those that failed, or were hedged, under a model call of one root.</summary>
/// <remarks>
/// .NET measures a request in the request's own flow, so the ambient operation is the one that it was made for, whichever client made it and
/// whoever repeats it: an SDK, a handler or a resilience pipeline. The process keeps a listener for good, so it must not keep the root: where
/// that was forgotten without being disposed, the listener ends by itself.
/// </remarks>
internal sealed class AttemptListener : IDisposable
{
    private const string Part = "attempts";
    private const string HttpMeter = "System.Net.Http";
    private const string RequestDuration = "http.client.request.duration";
    private const string ResilienceMeter = "Polly";
    private const string ResilienceEvents = "resilience.polly.strategy.events";
    private const string EventName = "event.name";
    private const string Hedging = "OnHedging";

    private readonly MeterListener _listener = new();
    private readonly WeakReference<OperationIds> _ids;
    private readonly Faults _faults;
    private readonly TimeProvider _clock;

    public AttemptListener(OperationIds ids, Faults faults, TimeProvider clock)
    {
        _ids = new(ids);
        _faults = faults;
        _clock = clock;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: RequestDuration, Meter.Name: HttpMeter } or { Name: ResilienceEvents, Meter.Name: ResilienceMeter })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(OnRequest);
        _listener.SetMeasurementEventCallback<int>(OnStrategyEvent);
        _listener.Start();
    }

    /// <summary>Gets a value indicating whether it listens no more.</summary>
    public bool HasEnded { get; private set; }

    public void Dispose()
    {
        HasEnded = true;
        _listener.Dispose();
    }

    private void OnRequest(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (FindCall() is not { } model)
        {
            return;
        }

        var isSentTo = IsSentTo(model.Endpoint.Address, tags);
        if (isSentTo || model.Progress == CallProgress.Asked)
        {
            // A handler may have sent it to another host. What is asked there later on is often a token.
            model.NoteSent();
        }

        if (!isSentTo)
        {
            return;
        }

        var status = Find(tags, GenAiAttributes.HttpResponseStatusCode) as int?;
        if (status < 400)
        {
            model.Attempts?.Answer(status.Value);
            return;
        }

        var error = status?.ToString(CultureInfo.InvariantCulture) ?? Find(tags, GenAiAttributes.ErrorType) as string;
        if (error is not null)
        {
            _faults.Run(
                Part,
                (model, attempt: new FailedAttempt(_clock.GetUtcNow(), status, error)),
                static failed => failed.model.NoteFailedRequest(failed.attempt));
        }
    }

    /// <summary>Hears what a resilience pipeline does: a second request that starts because the first one takes its time fails nothing, and no status tells of it.</summary>
    private void OnStrategyEvent(Instrument instrument, int count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (Find(tags, EventName) is Hedging && FindCall() is { } model)
        {
            _faults.Run(Part, model, static hedged => hedged.NoteHedgedAttempt());
        }
    }

    /// <summary>Returns the call of the root that something happens under; <see langword="null"/> where there is none whose attempts count.</summary>
    private ModelOperation? FindCall()
    {
        if (!_ids.TryGetTarget(out var ids))
        {
            Dispose();
            return null;
        }

        return AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running, AttemptCounting: not AttemptCounting.Off } model
            && model.IsOf(ids)
            ? model
            : null;
    }

    /// <summary>Tells whether a request went where the model is, as far as that is known: what else a client asks on the way is no attempt.</summary>
    private static bool IsSentTo(string? address, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        address is null || Find(tags, GenAiAttributes.ServerAddress) is not string host || host.Equals(address, StringComparison.OrdinalIgnoreCase);

    private static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key)
    {
        foreach (var (name, value) in tags)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }
}
