using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AiObs.DocSnippets;

internal static class WebSnippets
{
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
