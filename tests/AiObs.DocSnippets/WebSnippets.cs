using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class WebSnippets
{
    public static void Baggage(AgentObservability observability)
    {
        #region snippet:baggage
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = new AgentContextPropagator(observability) };
        #endregion
    }

    public static void Listeners(IServiceCollection services)
    {
        #region snippet:listeners
        services.AddHealthChecks().AddCheck<AiObsListenersHealthCheck>("aiobs-listeners");
        #endregion
    }

    public static void RequestContext(IApplicationBuilder app)
    {
        #region snippet:request-context
        app.UseAgentContext(c =>
        {
            c.User = http => http.User.FindFirst("sub")?.Value;
            c.Session = http => http.Request.Headers["X-Session-Id"];
            c.Conversation = http => (string?)http.GetRouteValue("conversation");
        });
        #endregion
    }
}
