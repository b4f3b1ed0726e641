using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AiObs.Operations;

/// <summary>Warns of tools that run without anybody hearing of them: once per agent, and once of loops that have no ear.</summary>
internal sealed class ToolWarnings(ILogger logger)
{
    // Names of agents are few; where an application makes them up, it has been told often enough.
    private const int MostAgents = 64;

    private readonly ConcurrentDictionary<string, bool> _agents = new(StringComparer.Ordinal);
    private int _loops;

    public void WarnOfUnobserved(string? agent, string tool)
    {
        agent ??= "";
        if (_agents.Count < MostAgents && _agents.TryAdd(agent, true))
        {
            logger.ToolUnobserved(LogText.Name(tool), LogText.Name(agent));
        }
    }

    public void WarnOfUnheardLoop()
    {
        if (Interlocked.Exchange(ref _loops, 1) == 0)
        {
            logger.LoopUnheard();
        }
    }
}
