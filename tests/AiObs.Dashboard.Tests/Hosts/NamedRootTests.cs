using System.Net;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>One application with several roots, each with a dashboard of its own.</summary>
public sealed class NamedRootTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Dashboards_OfTwoRoots_ShowWhatIsTheirOwn()
    {
        await using var host = await StartAsync(static (dashboard, name) => dashboard.Title = "Tenant " + name);
        await Traces(host, "a").AppendAsync([Spans.Make(1, 1, name: "asked a")], Token);
        await Traces(host, "b").AppendAsync([Spans.Make(2, 1, name: "asked b")], Token);

        var pages = await Task.WhenAll(ReadAsync(host, "/a/traces"), ReadAsync(host, "/b/traces"));
        using var elsewhere = await host.SendRawAsync($"/a/traces/{Spans.TraceId(2)}");

        Assert.Equal(
            ["Tenant a, asked a", "Tenant b, asked b"],
            pages.Select(static page => string.Join(", ", new[] { "Tenant a", "Tenant b", "asked a", "asked b" }.Where(text => page.Contains($"<bdi>{text}</bdi>", StringComparison.Ordinal)))));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Links_OfEachRoot_LeadToPagesOfTheSameRoot()
    {
        await using var host = await StartAsync();
        var observability = host.Services.GetRequiredKeyedService<AgentObservability>("b");
        var seed = await Seed.FillAsync(observability, Traces(host, "b"));
        var crawl = new Crawl(host, "/b");

        await crawl.StartAtAsync(Pages.Finite.Select(page => "/b" + page.Address(seed)));

        crawl.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Options_OfARoot_AreItsOwn()
    {
        await using var host = await StartAsync(static (dashboard, name) => dashboard.Access = name == "a" ? DashboardAccess.Anyone : DashboardAccess.ThisMachine, Access.Asked.FromElsewhere);

        var statuses = new List<HttpStatusCode>();
        foreach (var path in (string[])["/a/traces", "/b/traces"])
        {
            using var response = await host.SendRawAsync(path);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], statuses);
        Assert.Single(host.Logs.GetSnapshot(), static log => log.Id.Id == 101);
    }

    private static Task<DashboardHost> StartAsync(Action<DashboardOptions, string>? options = null, Action<WebApplication>? use = null) => DashboardHost.StartAsync(
        services: services =>
        {
            foreach (var name in (string[])["a", "b"])
            {
                services.AddAgentObservability(name, (root, _) =>
                {
                    Seed.Observe(root, configured => configured.SourceName = $"dashboard-{name}-{Guid.NewGuid():N}");
                    root.AddDashboard(dashboard => options?.Invoke(dashboard, name));
                });
            }
        },
        use: use,
        mount: static app =>
        {
            app.MapAgentObservability("/a", "a");
            return app.MapAgentObservability("/b", "b");
        });

    private static ITraceStore Traces(DashboardHost host, string name) =>
        host.Services.GetRequiredKeyedService<IServiceProvider>(name).GetRequiredService<ITraceStore>();

    private static async Task<string> ReadAsync(DashboardHost host, string path)
    {
        using var response = await host.SendRawAsync(path);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
