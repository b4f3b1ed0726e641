using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.Conventions.GenAI;

namespace AiObs.Operations.Attempts;

/// <summary>Hears of every HTTP request of the process, and notes those that failed under a model call of one root.</summary>
/// <remarks>
/// .NET measures a request in the request's own flow, so the ambient operation is the one that it was made for, whichever client made it and
/// whoever repeats it: an SDK, a handler or a resilience pipeline.
/// </remarks>
internal sealed class AttemptListener : IDisposable
{
    private const string HttpMeter = "System.Net.Http";
    private const string RequestDuration = "http.client.request.duration";

    private readonly MeterListener _listener = new();
    private readonly ObservabilityCore _core;

    public AttemptListener(ObservabilityCore core)
    {
        _core = core;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == RequestDuration && instrument.Meter.Name == HttpMeter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(OnRequest);
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void OnRequest(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (AmbientOperation.Current is not ModelOperation { Outcome: OperationOutcome.Running, AttemptCounting: AttemptCounting.ByRequest } model
            || !model.IsOf(_core.Ids)
            || !IsSentTo(model.Endpoint.Address, tags))
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
            _core.Faults.Run(
                "attempts",
                (model, attempt: new FailedAttempt(_core.Clock.GetUtcNow(), status, error)),
                static failed => failed.model.NoteFailedAttempt(failed.attempt));
        }
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
