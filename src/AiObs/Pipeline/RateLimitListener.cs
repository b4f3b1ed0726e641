using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Hears of the HTTP responses to model calls of one root, and has their rate limits noted.</summary>
/// <remarks>
/// .NET tells of a response in the request's own flow, so the ambient operation is the one that it was made for. It asks for the responses alone: of an event that
/// starts an activity, or that others would pay for, nothing is switched on.
/// </remarks>
internal sealed class RateLimitListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string HttpListener = "HttpHandlerDiagnosticListener";
    private const string ResponseEvent = "System.Net.Http.Response";

    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly RateLimits _limits;
    private readonly OperationIds _ids;
    private readonly Faults _faults;
    private volatile bool _isDisposed;

    public RateLimitListener(RateLimits limits, OperationIds ids, Faults faults)
    {
        _limits = limits;
        _ids = ids;
        _faults = faults;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == HttpListener)
        {
            var subscription = value.Subscribe(this, static name => name == ResponseEvent);
            _subscriptions.Add(subscription);
            if (_isDisposed)
            {
                subscription.Dispose();
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: ResponseEvent, Value: { } payload }
            && AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running } model
            && model.IsOf(_ids))
        {
            _faults.Run("rate_limits", (_limits, model, payload), static state =>
            {
                if (ResponseOf(state.payload) is { } response)
                {
                    state._limits.Note(state.model, name => response.Headers.TryGetValues(name, out var values) ? values.First() : null);
                }
            });
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
        // Nobody is told.
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
        // Nobody is told.
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
        // Nobody is told.
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
        // Nobody is told.
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = ".NET keeps the members of what it hands to diagnostic listeners, for those who read them like this.")]
    private static HttpResponseMessage? ResponseOf(object payload) =>
        payload.GetType().GetProperty("Response", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(payload) as HttpResponseMessage;
}
