namespace AiObs.Cost.Ledger;

/// <summary>Remembers the responses that clients with cost tracking have recorded within the last hour, as many as it has room for, so that nobody records them by hand as well. Thread-safe.</summary>
internal sealed class RecentResponses
{
    private const int GenerationSize = 4_096;

    /// <summary>Longer ids are none that a provider gives, and are not remembered.</summary>
    private const int MaxIdLength = 256;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private Dictionary<Response, long> _young = new(SameResponse.Instance);
    private Dictionary<Response, long> _old = new(SameResponse.Instance);

    /// <summary>Notes a response whose call is recorded.</summary>
    /// <param name="id">The id that the provider gave it.</param>
    /// <param name="provider">Who served the call; <see langword="null"/> where nobody knows.</param>
    /// <param name="now">When it was recorded.</param>
    public void Note(string id, string? provider, DateTimeOffset now)
    {
        if (id.Length > MaxIdLength)
        {
            return;
        }

        lock (_lock)
        {
            _young[new(id, provider)] = now.UtcTicks;
            if (_young.Count == GenerationSize)
            {
                (_young, _old) = (_old, _young);
                _young.Clear();
            }
        }
    }

    /// <summary>Tells whether a response was noted within the last hour, by a provider that may be the same.</summary>
    public bool Has(string id, string? provider, DateTimeOffset now)
    {
        var response = new Response(id, provider);
        lock (_lock)
        {
            return (_young.TryGetValue(response, out var noted) || _old.TryGetValue(response, out noted)) && now.UtcTicks - noted <= Memory.Ticks;
        }
    }

    private readonly record struct Response(string Id, string? Provider);

    /// <summary>Takes a provider that nobody knows for any.</summary>
    private sealed class SameResponse : IEqualityComparer<Response>
    {
        public static SameResponse Instance { get; } = new();

        public bool Equals(Response x, Response y) => x.Id == y.Id && (x.Provider is null || y.Provider is null || x.Provider == y.Provider);

        public int GetHashCode(Response obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
    }
}
