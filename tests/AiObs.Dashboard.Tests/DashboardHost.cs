using AiObs.Cost;
using AiObs.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Dashboard.Tests;

/// <summary>Is an application with a dashboard on a port of its own. Tests put into its stores what its pages are to show.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    public const string Prefix = "/aiobs";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private DashboardHost(WebApplication app, FakeLogCollector logs)
    {
        _app = app;
        Logs = logs;
        Address = new Uri(app.Urls.Single());
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public FakeLogCollector Logs { get; }

    public IServiceProvider Services => _app.Services;

    public AgentObservability Observability => Services.GetRequiredService<AgentObservability>();

    public ITraceStore Traces => Services.GetRequiredService<ITraceStore>();

    public ICostStore Costs => Observability.Costs!.Store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the application.</summary>
    /// <param name="observe">What is added to its root besides the dashboard.</param>
    /// <param name="options">The options of the dashboard.</param>
    /// <param name="services">Other services.</param>
    /// <param name="use">Middleware in front of the dashboard.</param>
    /// <param name="map">What is done with its endpoints.</param>
    /// <param name="mount">Where it is mounted; at <see cref="Prefix"/> unless this says something else.</param>
    public static async Task<DashboardHost> StartAsync(
        Action<AgentObservabilityBuilder>? observe = null,
        Action<DashboardOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? use = null,
        Action<RouteGroupBuilder>? map = null,
        Func<WebApplication, RouteGroupBuilder>? mount = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var logs = new FakeLogCollector();
        builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs));
        var root = builder.Services.AddAgentObservability(o => o.SourceName = $"dashboard-{Guid.NewGuid():N}");
        observe?.Invoke(root);
        root.AddDashboard(options);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        use?.Invoke(app);
        var group = mount is null ? app.MapAgentObservability(Prefix) : mount(app);
        map?.Invoke(group);
        await app.StartAsync(Token);
        return new DashboardHost(app, logs);
    }

    /// <summary>Asks for a page below the mount.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestMessage>? change = null) => SendRawAsync(Prefix + path, change);

    /// <summary>Asks for a page by its whole path. The answer is there once its headers are: some last as long as their reader stays.</summary>
    public async Task<HttpResponseMessage> SendRawAsync(string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>Reads a page below the mount, which must be there.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var response = await SendAsync(path);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
