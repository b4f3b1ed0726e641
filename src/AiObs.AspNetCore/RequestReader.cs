using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiObs.AspNetCore;

/// <summary>Reads for whom a request is.</summary>
internal sealed class RequestReader(AgentContextSelectors selectors, ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _logged = new(StringComparer.Ordinal);

    /// <summary>Opens the scope of a request; <see langword="null"/> where nothing is known of it.</summary>
    public IDisposable? Begin(HttpContext context)
    {
        var user = Read(nameof(selectors.User), selectors.User, context);
        var session = Read(nameof(selectors.Session), selectors.Session, context);
        var conversation = Read(nameof(selectors.Conversation), selectors.Conversation, context);
        return (user ?? session ?? conversation) is null ? null : AgentContext.Begin(conversation, user, session);
    }

    private string? Read(string name, Func<HttpContext, string?>? selector, HttpContext context)
    {
        try
        {
            return selector?.Invoke(context) is { Length: > 0 } value ? value : null;
        }
#pragma warning disable CA1031 // A request must not fail for what is only observed of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_logged.TryAdd(name, true))
            {
                // The message may quote what the request holds.
                logger.SelectorFailed(name, exception.GetType().FullName);
            }

            return null;
        }
    }
}
