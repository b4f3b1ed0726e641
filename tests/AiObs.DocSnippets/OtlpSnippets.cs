using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class OtlpSnippets
{
    public static void Receive(WebApplicationBuilder builder)
    {
        #region snippet:otlp-receive
        builder.Services.AddAgentObservability().AddCostTracking().AddTraces();

        var app = builder.Build();
        app.MapAgentObservabilityOtlp("/aiobs");
        #endregion
    }

    public static void Authorize(WebApplicationBuilder builder, WebApplication app)
    {
        #region snippet:otlp-authorize
        builder.Services.AddAuthorization(o => o.AddPolicy("ingest", policy => policy.RequireClaim("scope", "traces.write")));
        app.MapAgentObservabilityOtlp("/aiobs").RequireAuthorization("ingest");
        #endregion
    }

    public static void Content(IServiceCollection services)
    {
        #region snippet:otlp-content
        services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans).AddTraces();
        #endregion
    }
}
