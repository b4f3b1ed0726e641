using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AiObs.Operations;

/// <summary>Warns, once per source, of observed clients that trace their calls themselves.</summary>
internal sealed class InnerTracers(ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);

    /// <summary>Looks at the source that an inner client answers for.</summary>
    public void Check(ActivitySource? inner, ActivitySource own)
    {
        // A container may build the same client for every request, hence once.
        if (inner is not null && inner.Name != own.Name && _warned.TryAdd(inner.Name, true))
        {
            logger.InnerTracerFound(inner.Name);
        }
    }
}
