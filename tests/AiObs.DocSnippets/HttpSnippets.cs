using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

/// <summary>Observes HTTP clients.</summary>
internal static class HttpSnippets
{
    public static void Factory(IServiceCollection services)
    {
        #region snippet:http-client
        services.AddAgentObservability();
        services.AddHttpClient("models", client => client.BaseAddress = new Uri("https://api.anthropic.com"))
            .AddAgentObservability();
        #endregion
    }

    public static void Handler(AgentObservability observability)
    {
        #region snippet:http-handler
        var client = new HttpClient(new SocketsHttpHandler().UseAgentObservability(observability));
        #endregion
    }
}
