namespace FakeModelServer.Hosting;

/// <summary>Remembers the newest requests.</summary>
internal sealed class RequestLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private long _lastNumber;

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    /// <summary>Numbers and keeps a request.</summary>
    public RecordedRequest Add(Func<long, RecordedRequest> record)
    {
        lock (_gate)
        {
            var request = record(++_lastNumber);

            if (_requests.Count == capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);

            return request;
        }
    }
}
