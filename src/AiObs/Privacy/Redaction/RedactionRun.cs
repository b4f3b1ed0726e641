using System.Diagnostics;

namespace AiObs.Privacy.Redaction;

/// <summary>The redaction of one text or document: how often which rule found something, and until when it goes on.</summary>
/// <param name="limit">How long it may take.</param>
internal sealed class RedactionRun(TimeSpan limit)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private Dictionary<string, int>? _hits;

    /// <summary>Gets how often each rule replaced something; <see langword="null"/> when none did.</summary>
    public IReadOnlyDictionary<string, int>? Hits => _hits;

    public void Count(string rule, int hits)
    {
        if (hits > 0)
        {
            _hits ??= new(StringComparer.Ordinal);
            _hits[rule] = _hits.GetValueOrDefault(rule) + hits;
        }
    }

    /// <summary>Gets a value indicating whether the time is up.</summary>
    public bool IsLate => Stopwatch.GetElapsedTime(_start) >= limit;

    /// <exception cref="TimeoutException">The time is up.</exception>
    public void ThrowIfLate()
    {
        if (IsLate)
        {
            throw new TimeoutException();
        }
    }
}
