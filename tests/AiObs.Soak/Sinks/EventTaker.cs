using AiObs.Events;
using AiObs.Soak.Books;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Sinks;

/// <summary>Writes down the events that a sink took. Thread-safe.</summary>
internal sealed class EventTaker(Journal journal)
{
    private long _count;
    private long _leakCount;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Gets how many values show what redaction had to take out.</summary>
    public long LeakCount => Interlocked.Read(ref _leakCount);

    public void Take(AgentEvent item)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _leakCount, SecretScan.CountIn(item));
        foreach (var entry in EventWords.Describe(item))
        {
            journal.Add(entry.Run, entry.Measure, entry.Amount);
        }
    }
}
