namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Keeps what guards owe to services that keep the history: a loop sends them its own results alone, and they refuse a request that answers only some calls.</summary>
/// <remarks>There is room for so many conversations; beyond, the oldest is forgotten, and its service will refuse the request after it.</remarks>
internal sealed class OwedResults
{
    internal const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Debt> _owed = new(StringComparer.Ordinal);

    /// <summary>Gets to how many conversations something is owed.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _owed.Count;
            }
        }
    }

    public Debt? Find(string? conversationId)
    {
        lock (_gate)
        {
            return conversationId is null ? null : _owed.GetValueOrDefault(conversationId);
        }
    }

    public void Set(string conversationId, Debt debt)
    {
        lock (_gate)
        {
            _owed.Remove(conversationId);
            if (_owed.Count == Capacity)
            {
                _owed.RemoveAt(0);
            }

            _owed.Add(conversationId, debt);
        }
    }

    /// <summary>Forgets what was sent, as an answer to it came.</summary>
    public void Remove(string? conversationId, Debt? sent)
    {
        lock (_gate)
        {
            if (conversationId is not null && sent is not null && ReferenceEquals(_owed.GetValueOrDefault(conversationId), sent))
            {
                _owed.Remove(conversationId);
            }
        }
    }
}
