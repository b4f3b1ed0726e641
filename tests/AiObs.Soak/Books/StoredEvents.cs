using AiObs.Events;
using AiObs.Soak.Reckoning;
using AiObs.Store;

namespace AiObs.Soak.Books;

/// <summary>Is all that a log or a file holds at the end.</summary>
internal sealed class StoredEvents
{
    private const int PageSize = 1_000;

    private readonly List<Entry> _entries = [];

    private StoredEvents(string name) => Name = name;

    public string Name { get; }

    public long Count { get; private set; }

    /// <summary>Gets how many values show what redaction had to take out.</summary>
    public long LeakCount { get; private set; }

    /// <summary>Gets what is wrong with the chain of the log; null where it is intact or there is none.</summary>
    public string? Fault { get; private set; }

    public static StoredEvents Read(string name, IEnumerable<AgentEvent> events)
    {
        var stored = new StoredEvents(name);
        foreach (var item in events)
        {
            stored.Add(item);
        }

        return stored;
    }

    public static async Task<StoredEvents> ReadAsync(string name, IEventLog log)
    {
        var stored = new StoredEvents(name);
        await foreach (var logged in log.ReadAsync(new EventQuery { PageSize = PageSize }))
        {
            stored.Add(logged.Event);
        }

        var verification = await log.VerifyAsync();
        stored.Fault = verification.IsIntact ? null : verification.Faults[0].Description;

        return stored;
    }

    public Book ToBook() => new(Name, EventWords.Measures, _entries);

    private void Add(AgentEvent item)
    {
        Count++;
        LeakCount += SecretScan.CountIn(item);
        _entries.AddRange(EventWords.Describe(item));
    }
}
