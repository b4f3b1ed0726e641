using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AiObs.Operations;

/// <summary>Warns, once per source, of observed clients that trace their calls themselves.</summary>
internal sealed class InnerTracers(ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);

    public void Warn(string sourceName)
    {
        // A container may build the same client for every request, hence once.
        if (_warned.TryAdd(sourceName, true))
        {
            logger.InnerTracerFound(sourceName);
        }
    }
}
