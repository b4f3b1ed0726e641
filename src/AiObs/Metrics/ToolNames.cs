using System.Collections.Concurrent;

namespace AiObs.Metrics;

/// <summary>The names of tools as metrics have them: a bounded number, since each is a time series, and names may be made up for each call.</summary>
internal sealed class ToolNames
{
    private const int Most = 1_000;
    private const int GuidLength = 32;
    private const string Others = "(other)";

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>How many there are: to ask the dictionary would stop all who use it.</summary>
    private int _count;

    /// <summary>Returns the name without the id that Semantic Kernel puts behind those of functions without a name, and what stands for all others once there are too many.</summary>
    public string? Of(string? name)
    {
        if (name is null || _known.ContainsKey(name))
        {
            return name;
        }

        var stem = HasId(name) ? name[..^(GuidLength + 1)] : name;
        if (!_known.ContainsKey(stem))
        {
            if (Volatile.Read(ref _count) >= Most)
            {
                return Others;
            }

            if (_known.TryAdd(stem, true))
            {
                Interlocked.Increment(ref _count);
            }
        }

        return stem;
    }

    private static bool HasId(string name) =>
        name.Length > GuidLength + 1 && name[^(GuidLength + 1)] == '_' && Guid.TryParseExact(name.AsSpan(name.Length - GuidLength), "N", out _);
}
