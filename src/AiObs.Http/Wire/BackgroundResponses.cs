using AiObs.Chat;
using AiObs.Operations;

namespace AiObs.Http.Wire;

/// <summary>The responses that run in the background and were not yet seen at their end. Each is accounted for once.</summary>
/// <param name="capacity">Beyond this, the oldest are forgotten: somebody else fetches them, or nobody does.</param>
internal sealed class BackgroundResponses(int capacity)
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, PendingResponse> _pending = new(StringComparer.Ordinal);
    private volatile bool _isEmpty = true;

    /// <summary>Gets a value indicating whether there are none, so that no request needs a look.</summary>
    public bool IsEmpty => _isEmpty;

    /// <summary>Keeps a response whose call is about to end; what it will use is not that call's any more.</summary>
    /// <param name="id">The id of the response; one without is fetched by nobody.</param>
    /// <param name="operation">The call that created it.</param>
    /// <param name="recorder">What records the calls of its endpoint.</param>
    public void Keep(string? id, ChatOperation operation, ChatRecorder recorder)
    {
        var pending = new PendingResponse(
            operation.RequestModel, recorder.Pipeline.Gates.Defer(operation), AgentContext.Capture(), operation.Activity?.Context ?? default, recorder);
        if (!string.IsNullOrEmpty(id))
        {
            Add(id, pending);
        }
    }

    public void Add(string id, PendingResponse pending)
    {
        lock (_gate)
        {
            _pending[id] = pending;
            if (_pending.Count > capacity)
            {
                _pending.RemoveAt(0);
            }

            _isEmpty = false;
        }
    }

    public bool Has(string id)
    {
        lock (_gate)
        {
            return _pending.ContainsKey(id);
        }
    }

    /// <summary>Takes a response out, for whoever sees its end first; <see langword="null"/> for everybody else.</summary>
    public PendingResponse? Take(string id)
    {
        lock (_gate)
        {
            _pending.Remove(id, out var pending);
            _isEmpty = _pending.Count == 0;
            return pending;
        }
    }
}
