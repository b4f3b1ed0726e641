namespace FakeModelServer.Hosting;

/// <summary>Holds the replies that wait for a request, first in, first out.</summary>
internal sealed class ReplyQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<ModelReply> _replies = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _replies.Count;
            }
        }
    }

    /// <summary>Takes all the replies or, when they do not fit, none.</summary>
    public bool TryEnqueue(IReadOnlyCollection<ModelReply> replies)
    {
        lock (_gate)
        {
            if (_replies.Count + replies.Count > capacity)
            {
                return false;
            }

            foreach (var reply in replies)
            {
                _replies.Enqueue(reply);
            }

            return true;
        }
    }

    public ModelReply? Dequeue()
    {
        lock (_gate)
        {
            return _replies.TryDequeue(out var reply) ? reply : null;
        }
    }
}
