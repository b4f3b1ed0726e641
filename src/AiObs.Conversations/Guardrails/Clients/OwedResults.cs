using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Keeps the results of refused calls for services that keep the history: a loop sends them its own results alone, and they refuse a request that answers only some calls.</summary>
/// <remarks>There is room for so many conversations; beyond, the oldest is forgotten, and its service will refuse the request after it.</remarks>
internal sealed class OwedResults
{
    internal const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, IReadOnlyList<FunctionResultContent>> _owed = new(StringComparer.Ordinal);

    /// <summary>Gets of how many conversations results are owed.</summary>
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

    public IReadOnlyList<FunctionResultContent> Find(string? conversationId)
    {
        lock (_gate)
        {
            return conversationId is not null && _owed.TryGetValue(conversationId, out var results) ? results : [];
        }
    }

    public void Set(string conversationId, IReadOnlyList<FunctionResultContent> results)
    {
        lock (_gate)
        {
            _owed.Remove(conversationId);
            if (_owed.Count == Capacity)
            {
                _owed.RemoveAt(0);
            }

            _owed.Add(conversationId, results);
        }
    }

    /// <summary>Forgets results that were sent, as an answer to them came.</summary>
    public void Remove(string? conversationId, IReadOnlyList<FunctionResultContent> sent)
    {
        lock (_gate)
        {
            if (conversationId is not null && _owed.TryGetValue(conversationId, out var results) && ReferenceEquals(results, sent))
            {
                _owed.Remove(conversationId);
            }
        }
    }
}
