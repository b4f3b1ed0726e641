namespace AiObs.Cost.Ledger;

/// <summary>Remembers the responses that clients with cost tracking have recorded within the last hour, as many as it has room for, so that nobody records them by hand as well. Thread-safe.</summary>
internal sealed class RecentResponses
{
    private const int GenerationSize = 4_096;

    /// <summary>Longer ids are none that a provider gives, and are not remembered.</summary>
    private const int MaxIdLength = 256;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private Dictionary<Response, long> _young = [];
    private Dictionary<Response, long> _old = [];

    /// <summary>Notes a response whose call is recorded.</summary>
    /// <param name="id">The id that the provider gave it.</param>
    /// <param name="provider">Who served the call; <see langword="null"/> where nobody knows.</param>
    /// <param name="now">When it was recorded.</param>
    public void Note(string id, string? provider, DateTimeOffset now)
    {
        if (id.Length is 0 or > MaxIdLength)
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
        lock (_lock)
        {
            return Has(_young) || Has(_old);
        }

        bool Has(Dictionary<Response, long> responses) => provider is null
            ? responses.Any(one => one.Key.Id == id && IsRecent(one.Value))
            : (responses.TryGetValue(new(id, provider), out var noted) && IsRecent(noted)) || (responses.TryGetValue(new(id, null), out noted) && IsRecent(noted));

        bool IsRecent(long noted) => now.UtcTicks - noted <= Memory.Ticks;
    }

    private readonly record struct Response(string Id, string? Provider);
}
