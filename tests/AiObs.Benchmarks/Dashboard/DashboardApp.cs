using AiObs.Benchmarks.Workloads;
using AiObs.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>Is an application that keeps traces in memory, with a dashboard or without.</summary>
internal sealed class DashboardApp : IAsyncDisposable
{
    public const string Prefix = "/aiobs";

    // So large that no span is dropped: that would take less.
    private const int QueueCapacity = 1_000_000;

    private readonly WebApplication _app;

    private DashboardApp(WebApplication app, string sourceName) => (_app, SourceName) = (app, sourceName);

    public string SourceName { get; }

    public AgentObservability Observability => _app.Services.GetRequiredService<AgentObservability>();

    public ITraceStore Traces => Observability.Traces!;

    /// <summary>Gets where it listens, where it has sockets.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts one.</summary>
    /// <param name="server">A server other than Kestrel, which listens on a port that is free.</param>
    /// <param name="hasDashboard">Whether a dashboard is mapped.</param>
    public static async Task<DashboardApp> StartAsync(IServer? server = null, bool hasDashboard = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (server is not null)
        {
            builder.Services.AddSingleton(server);
        }

        var source = Listening.NewSourceName();
        var root = builder.Services.AddAgentObservability(options => options.SourceName = source).AddTraces(static options => options.QueueCapacity = QueueCapacity);
        if (hasDashboard)
        {
            root.AddDashboard();
        }

        var app = builder.Build();
        if (hasDashboard)
        {
            app.MapAgentObservability(Prefix);
        }

        await app.StartAsync();
        return new(app, source);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
