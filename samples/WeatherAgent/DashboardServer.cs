using AiObs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WeatherAgent;

/// <summary>Serves the dashboard of the run on a free port of this machine.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardServer(WebApplication app) => _app = app;

    public AgentObservability Observability => _app.Services.GetRequiredService<AgentObservability>();

    public Uri Address => new(new Uri(_app.Urls.Single()), "aiobs");

    /// <summary>Starts to serve what is about to be observed.</summary>
    /// <param name="observe">Sets up what observes.</param>
    /// <param name="cancellationToken">The token that ends the start.</param>
    public static async Task<DashboardServer> StartAsync(Action<AgentObservabilityBuilder> observe, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        var root = builder.Services.AddAgentObservability();
        observe(root);
        root.AddDashboard(static dashboard => dashboard.Title = "Weather");

        var app = builder.Build();
        app.MapAgentObservability();
        await app.StartAsync(cancellationToken);

        return new DashboardServer(app);
    }

    /// <summary>Waits until the process is told to stop, or the token is cancelled.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
