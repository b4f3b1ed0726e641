using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

/// <summary>The code of the dashboard's page.</summary>
internal static class DashboardSnippets
{
    public static void Mount(WebApplicationBuilder builder)
    {
        #region snippet:dashboard
        builder.Services.AddAgentObservability()
            .AddCostTracking()
            .AddStore(s => s.UseSqlite("Data Source=aiobs.db"))
            .AddDashboard(d => d.Title = "Weather");

        var app = builder.Build();
        app.MapAgentObservability("/aiobs");
        #endregion
    }

    public static void Authorize(WebApplication app)
    {
        #region snippet:dashboard-authorized
        app.MapAgentObservability("/aiobs").RequireAuthorization("ops");
        #endregion
    }
}
