using AiObs.Dashboard.Tests.Access;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>Wherever it is mounted, each link of each page leads to a page, and none leads out.</summary>
public sealed class MountTests
{
    private static readonly Dictionary<string, (Action<WebApplication>? Use, Func<WebApplication, RouteGroupBuilder> Mount, string Expected)> Mounts = new()
    {
        ["a prefix"] = (null, static app => app.MapAgentObservability(), "/aiobs"),
        ["a prefix with slashes"] = (null, static app => app.MapAgentObservability("/ops/agents/"), "/ops/agents"),
        ["a prefix without a slash"] = (null, static app => app.MapAgentObservability("agents"), "/agents"),
        ["the root of the host"] = (null, static app => app.MapAgentObservability("/"), ""),
        ["nothing"] = (null, static app => app.MapAgentObservability(""), ""),
        ["a path base"] = (UseBase, static app => app.MapAgentObservability(), "/tenant/aiobs"),
        ["a path base and the root"] = (UseBase, static app => app.MapAgentObservability("/"), "/tenant"),
        ["a group"] = (null, static app => app.MapGroup("/admin").MapAgentObservability("/obs"), "/admin/obs"),
        ["a group in a path base"] = (UseBase, static app => app.MapGroup("/admin").MapAgentObservability("/obs"), "/tenant/admin/obs"),
        ["a group with a value"] = (null, static app => app.MapGroup("/{region}").MapAgentObservability("/obs"), "/eu west/obs"),
        ["a prefix that has to be escaped"] = (null, static app => app.MapAgentObservability("/håll koll"), "/håll koll"),
    };

    public static TheoryData<string> Names => [.. Mounts.Keys];

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Links_WhereverItIsMounted_LeadToItsPages(string name)
    {
        var (use, mount, expected) = Mounts[name];
        var (host, seed) = await Seed.StartAsync(use: use, mount: mount);
        await using var started = host;
        var address = new Uri(host.Address, expected).AbsolutePath.TrimEnd('/');
        var crawl = new Crawl(host, address);

        await crawl.StartAtAsync(Pages.Finite.Select(page => address + page.Address(seed)));

        crawl.AssertNoFaults();
        Assert.InRange(crawl.Visited.Count, 20, 2_000);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Links_OfAPathWithASlashAtItsEnd_LeadToItsPages()
    {
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        var crawl = new Crawl(host, DashboardHost.Prefix);

        await crawl.StartAtAsync($"/aiobs/traces/{seed.TraceId}/");

        crawl.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Links_BehindAProxyThatTakesAPrefixAway_HaveItAgain()
    {
        var (host, seed) = await Seed.StartAsync(
            services: static services => HeaderAuthentication.Add(services, "ops"),
            use: Asked.ThroughForwardedHeaders,
            map: static group => group.RequireAuthorization("ops"));
        await using var started = host;
        var crawl = new Crawl(host, "/public/aiobs")
        {
            Proxied = "/public",
            Ask = static request =>
            {
                request.Headers.Add(HeaderAuthentication.Header, "ops");
                request.Headers.Add("X-Forwarded-For", "10.0.0.7");
                request.Headers.Add("X-Forwarded-Host", "ops.example");
                request.Headers.Add("X-Forwarded-Proto", "https");
                request.Headers.Add("X-Forwarded-Prefix", "/public");
            },
        };

        await crawl.StartAtAsync(Pages.Finite.Where(static page => !page.NeedsContent).Select(page => "/public/aiobs" + page.Address(seed)));

        crawl.AssertNoFaults();
        Assert.InRange(crawl.Visited.Count, 20, 2_000);
    }

    private static void UseBase(WebApplication app)
    {
        app.UsePathBase("/tenant");
        app.UseRouting();
    }
}
