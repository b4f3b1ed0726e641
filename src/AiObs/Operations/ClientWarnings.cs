using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace AiObs.Operations;

/// <summary>Warns of how clients are put together. A container may build the same client for every request, hence once each.</summary>
internal sealed class ClientWarnings(ILogger logger, Faults faults)
{
    private readonly ConcurrentDictionary<(string Warning, string About), bool> _said = new();

    /// <summary>Warns of an observed client that traces its calls itself.</summary>
    public void InnerTracer(string sourceName) => Once(sourceName, sourceName, static (logger, name, _) => logger.InnerTracerFound(name));

    /// <summary>Warns of a line that adds nothing, because the calls are observed further inside.</summary>
    public void LeftOut(string method, string client) => Once(method, client, static (logger, method, client) => logger.ObserverLeftOut(method, client));

    /// <summary>Warns of calls that two roots observe.</summary>
    public void TwoRoots(string method, string client) => Once(method, client, static (logger, method, client) => logger.TwoRootsFound(method, client));

    /// <summary>Warns of an observer around a cache.</summary>
    public void OutsideOfCache(string method, string client) =>
        Once(method, client, static (logger, method, client) => logger.ObserverOutsideOfCache(method, client));

    /// <summary>Warns of an observer that another one outside could not see.</summary>
    public void Hidden(string model) => Once(model, model, static (logger, model, _) => logger.ObserverHidden(model));

    /// <summary>Warns of a traced call around one that is observed by itself.</summary>
    public void TracedAroundObserved(string method) => Once(method, method, static (logger, method, _) => logger.TracedAroundObserved(method));

    private void Once(string one, string other, Action<ILogger, string, string> log, [CallerMemberName] string warning = "")
    {
        if (_said.TryAdd((warning, $"{one} {other}"), true))
        {
            faults.Run("warning", (logger, one, other, log), static state => state.log(state.logger, state.one, state.other));
        }
    }
}
