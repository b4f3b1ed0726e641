using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace AiObs.Pipeline;

/// <summary>Warns of how clients are put together. A container may build the same client for every request, hence once each.</summary>
internal sealed class ClientWarnings(ILogger logger, Faults faults)
{
    // Names of clients, agents and models are few; where an application makes them up, it has been told often enough.
    private const int Most = 256;

    private readonly ConcurrentDictionary<(string Warning, string About), ClientWarning> _said = new();

    /// <summary>Gets what was warned of.</summary>
    public IEnumerable<ClientWarning> Said => _said.Values;

    /// <summary>Warns of an observed client that traces its calls itself.</summary>
    public void InnerTracer(string sourceName) => Once(sourceName, sourceName, sourceName, static (logger, name, _) => logger.InnerTracerFound(name));

    /// <summary>Warns of a line that adds nothing, because the calls are observed further inside.</summary>
    public void LeftOut(string method, string client) =>
        Once($"{method} {client}", method, client, static (logger, method, client) => logger.ObserverLeftOut(method, client));

    /// <summary>Warns of calls that two roots observe.</summary>
    public void TwoRoots(string method, string client) =>
        Once($"{method} {client}", method, client, static (logger, method, client) => logger.TwoRootsFound(method, client));

    /// <summary>Warns of an observer around a cache.</summary>
    public void OutsideOfCache(string method, string client) =>
        Once($"{method} {client}", method, client, static (logger, method, client) => logger.ObserverOutsideOfCache(method, client));

    /// <summary>Warns of an observer that another one outside could not see.</summary>
    public void Hidden(string model) => Once(model, model, model, static (logger, model, _) => logger.ObserverHidden(model));

    /// <summary>Warns of a traced call around one that is observed by itself.</summary>
    public void TracedAroundObserved(string method) => Once(method, method, method, static (logger, method, _) => logger.TracedAroundObserved(method));

    /// <summary>Warns of a function loop inside of an observed client, which tells nobody of the tools that it runs.</summary>
    public void UnheardLoop() => Once("", "", "", static (logger, _, _) => logger.LoopUnheard());

    /// <summary>Warns of a tool that ran without a span; once for each agent.</summary>
    public void UnobservedTool(string? agent, string tool) => Once(
        agent ?? "", tool, agent ?? "", static (logger, tool, agent) => logger.ToolUnobserved(LogText.Name(tool), LogText.Name(agent)));

    private void Once(string about, string one, string other, Action<ILogger, string, string> log, [CallerMemberName] string warning = "")
    {
        // To count takes every lock, and some of these are asked for with every call.
        if (!_said.ContainsKey((warning, about)) && _said.Count < Most && _said.TryAdd((warning, about), new(warning, one, other)))
        {
            faults.Run("warning", (logger, one, other, log), static state => state.log(state.logger, state.one, state.other));
        }
    }
}
