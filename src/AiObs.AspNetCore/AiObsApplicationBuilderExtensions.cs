using AiObs;
using AiObs.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Tells for whom requests are.</summary>
public static class AiObsApplicationBuilderExtensions
{
    /// <summary>Opens an <see cref="AgentContext"/> scope around each request, with its end user, session and conversation.</summary>
    /// <param name="app">The application; call this after <c>UseRouting()</c> and <c>UseAuthentication()</c>, whose results the selectors read.</param>
    /// <param name="configure">Says where the values are found.</param>
    /// <returns>The same <paramref name="app"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No selector is set.</exception>
    /// <remarks>Where no selector finds anything there is no scope. Scopes that a handler opens inside inherit the values.</remarks>
    public static IApplicationBuilder UseAgentContext(this IApplicationBuilder app, Action<AgentContextSelectors> configure)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configure);
        var selectors = new AgentContextSelectors();
        configure(selectors);
        if (selectors is { User: null, Session: null, Conversation: null })
        {
            throw new ArgumentException("No selector is set. Set User, Session or Conversation, or leave UseAgentContext out.", nameof(configure));
        }

        var reader = new RequestReader(selectors, app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("AiObs"));
        return app.Use(async (context, next) =>
        {
            using var scope = reader.Begin(context);
            await next(context).ConfigureAwait(false);
        });
    }
}
