using System.Collections.Concurrent;

namespace AiObs.Metrics;

/// <summary>The names of tools as metrics have them: a bounded number, since each is a time series, and names may be made up for each call.</summary>
internal sealed class ToolNames
{
    private const int Most = 1_000;
    private const int GuidLength = 32;
    private const string Others = "(other)";

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

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
            if (_known.Count >= Most)
            {
                return Others;
            }

            _known[stem] = true;
        }

        return stem;
    }

    private static bool HasId(string name) =>
        name.Length > GuidLength + 1 && name[^(GuidLength + 1)] == '_' && Guid.TryParseExact(name.AsSpan(name.Length - GuidLength), "N", out _);
}
