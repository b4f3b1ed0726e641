using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

/// <summary>The code of the dashboard's page.</summary>
internal static class DashboardSnippets
{
    public static void First(string[] args)
    {
        #region snippet:dashboard-first
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChatClient(provider => CreateClient())
            .UseFunctionInvocation()
            .UseAgentObservability();
        builder.Services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans)
            .AddCostTracking()
            .AddDashboard();

        var app = builder.Build();
        app.MapGet("/ask", async (string question, IChatClient client) => (await client.GetResponseAsync(question)).Text);
        app.MapAgentObservability("/aiobs");
        app.Run();
        #endregion
    }

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

    private static StubModel CreateClient() => new();
}
