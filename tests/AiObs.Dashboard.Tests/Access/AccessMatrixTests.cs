using System.Net.Http.Headers;
using AiObs.Dashboard.Assets;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>Who may look at what: each row is held against each endpoint.</summary>
public sealed class AccessMatrixTests
{
    private static readonly AccessScenario[] Scenarios =
    [
        // Nobody has authorized anything: this machine alone, by a name of its own, and through no proxy.
        new("this machine", 200),
        new("this machine by its number", 200) { Ask = static request => request.Headers.Host = "127.0.0.1:80" },
        new("a page of the web that has the number of this machine", 403) { Ask = Asked.Rebound },
        new("through a proxy: X-Forwarded-For", 403) { Ask = Asked.With("X-Forwarded-For", "10.0.0.7") },
        new("through a proxy: X-Forwarded-For that names this machine", 403) { Ask = Asked.With("X-Forwarded-For", "127.0.0.1") },
        new("through a proxy: Forwarded", 403) { Ask = Asked.With("Forwarded", "for=127.0.0.1") },
        new("through a proxy: X-Forwarded-Proto", 403) { Ask = Asked.With("X-Forwarded-Proto", "https") },
        new("through a proxy: X-Original-For", 403) { Ask = Asked.With("X-Original-For", "127.0.0.1") },
        new("through a proxy: X-Real-IP", 403) { Ask = Asked.With("X-Real-IP", "127.0.0.1") },
        new("through a proxy: Via", 403) { Ask = Asked.With("Via", "1.1 front") },
        new("another machine", 403) { Use = Asked.FromElsewhere },
        new("another machine that says it is this one", 403) { Use = Asked.FromElsewhere, Ask = Asked.With("X-Forwarded-For", "127.0.0.1") },
        new("behind ForwardedHeaders: another machine", 403) { Use = Asked.ThroughForwardedHeaders, Ask = Asked.With("X-Forwarded-For", "10.0.0.7") },
        new("behind ForwardedHeaders: a client that says it is this machine", 403) { Use = Asked.ThroughForwardedHeaders, Ask = Asked.With("X-Forwarded-For", "127.0.0.1") },
        new("behind ForwardedHeaders: this machine, and through no proxy", 200) { Use = Asked.ThroughForwardedHeaders },
        new("behind ForwardedHeaders: a name of this machine that the proxy tells", 403) { Use = Asked.ThroughForwardedHeaders, Ask = Asked.With("X-Forwarded-Host", "localhost") },

        // Anyone.
        new("Anyone: another machine", 200) { HidesContent = true, Options = LetAnyoneIn, Use = Asked.FromElsewhere },
        new("Anyone: through a proxy, under any name", 200) { HidesContent = true, Options = LetAnyoneIn, Ask = static request => { Asked.Rebound(request); request.Headers.Add("X-Forwarded-For", "10.0.0.7"); } },

        // RequireAuthorization decides alone.
        new("authorized: nobody, from this machine", 401) { Services = Roles, Map = RequireOps },
        new("authorized: nobody, from another machine", 401) { Services = Roles, Map = RequireOps, Use = Asked.FromElsewhere },
        new("authorized: the wrong role", 403) { Services = Roles, Map = RequireOps, Ask = Asked.As("guest") },
        new("authorized: the right role", 200) { Services = Roles, Map = RequireOps, Ask = Asked.As("ops") },
        new("authorized: the right role, from another machine", 200) { HidesContent = true, Services = Roles, Map = RequireOps, Use = Asked.FromElsewhere, Ask = Asked.As("ops") },
        new("authorized: the right role, through a proxy", 200) { HidesContent = true, Services = Roles, Map = RequireOps, Ask = static request => { Asked.As("ops")(request); request.Headers.Add("X-Forwarded-For", "10.0.0.7"); } },
        new("authorized: nobody, though anyone may", 401) { Services = Roles, Map = RequireOps, Options = LetAnyoneIn },
        new("any user: nobody", 401) { Services = Roles, Map = static group => group.RequireAuthorization() },
        new("any user: from another machine", 200) { HidesContent = true, Services = Roles, Map = static group => group.RequireAuthorization(), Use = Asked.FromElsewhere, Ask = Asked.As("guest") },
        new("AllowAnonymous beside authorization: another machine", 403) { Services = Roles, Map = static group => group.RequireAuthorization("ops").AllowAnonymous(), Use = Asked.FromElsewhere },
        new("AllowAnonymous: another machine", 403) { Services = Roles, Map = static group => group.AllowAnonymous(), Use = Asked.FromElsewhere },

        // The fallback policy of the host stands on top, and lets nobody in by itself.
        new("fallback policy: nobody, from this machine", 401) { Services = Fallback, Nowhere = 401 },
        new("fallback policy: a user, from this machine", 200) { Services = Fallback, Ask = Asked.As("guest") },
        new("fallback policy: a user, from another machine", 403) { Services = Fallback, Ask = Asked.As("guest"), Use = Asked.FromElsewhere },
        new("fallback policy and a role: the right one, from another machine", 200) { HidesContent = true, Services = Fallback, Map = RequireOps, Ask = Asked.As("ops"), Use = Asked.FromElsewhere },
    ];

    public static TheoryData<string> Names => [.. Scenarios.Select(static scenario => scenario.Name)];

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Endpoints_WhoeverAsks_AnswerAlike(string name)
    {
        var scenario = Scenarios.Single(scenario => scenario.Name == name);
        var (host, seed) = await Seed.StartAsync(scenario.Options, scenario.Services, scenario.Use, scenario.Map);
        await using var started = host;
        var asset = $"/_assets/{AssetFiles.Style.Hash}/{AssetFiles.Style.Name}";
        var pages = Pages.All.ToLookup(page => page.NeedsContent && scenario.HidesContent, page => page.Address(seed));
        string[] there = [.. pages[false], asset];
        string[] gone = [.. pages[true], $"/traces/{Spans.TraceId(99)}", $"/traces/{seed.TraceId}/spans/{Spans.SpanId(99)}", "/_assets/0/aiobs.css"];

        var answers = new List<string>();
        foreach (var path in (string[])[.. there, .. gone, "/nowhere"])
        {
            answers.Add($"{await StatusAsync(host, path, scenario.Ask)} {path}");
        }

        var missing = scenario.Status == 200 ? 404 : scenario.Status;
        Assert.Equal([.. there.Select(path => $"{scenario.Status} {path}"), .. gone.Select(path => $"{missing} {path}"), $"{scenario.Nowhere} /nowhere"], answers);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Refusal_SaysTheLineToAdd_AndNothingElse()
    {
        var (host, seed) = await Seed.StartAsync(use: Asked.FromElsewhere);
        await using var started = host;
        foreach (var page in Pages.All)
        {
            using var response = await host.SendAsync(page.Address(seed));

            Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
            Assert.Equal(
                """
                403: this dashboard is shown on this machine only.

                It was asked for from another machine, under another name than localhost, or through a proxy. To let others in, say who:

                    app.MapAgentObservability("/aiobs").RequireAuthorization("ops");

                """,
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(DashboardAccess.Anyone, 1)]
    [InlineData(DashboardAccess.ThisMachine, 0)]
    public async Task Anyone_IsWarnedOfAtTheStart(DashboardAccess access, int expected)
    {
        await using var host = await DashboardHost.StartAsync(options: options => options.Access = access);

        Assert.Equal(expected, host.Logs.GetSnapshot().Count(static log => log.Id.Id == 101));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task OtherMethods_AreNotThere(string method)
    {
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        foreach (var page in Pages.All)
        {
            using var response = await host.SendAsync(page.Address(seed), request => request.Method = new(method));

            Assert.Equal(405, (int)response.StatusCode);
        }
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Headers_OfEachAnswer_AreStrict()
    {
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        var asset = $"/_assets/{AssetFiles.Script.Hash}/{AssetFiles.Script.Name}";
        foreach (var path in (string[])[.. Pages.All.Select(page => page.Address(seed)), $"/traces/{Spans.TraceId(99)}", asset])
        {
            using var response = await SendAsync(host, path, Asked.Nothing);
            var headers = response.Headers;

            Assert.Equal(
                [
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                    "nosniff",
                    "no-referrer",
                    "same-origin",
                    "same-origin",
                    path == asset ? "max-age=31536000, private, immutable" : "no-store",
                ],
                [
                    Only(headers, "Content-Security-Policy"), Only(headers, "X-Content-Type-Options"), Only(headers, "Referrer-Policy"),
                    Only(headers, "Cross-Origin-Resource-Policy"), Only(headers, "Cross-Origin-Opener-Policy"), headers.CacheControl!.ToString(),
                ]);
        }
    }

    private static string Only(HttpResponseHeaders headers, string name) => Assert.Single(headers.GetValues(name));

    private static async Task<int> StatusAsync(DashboardHost host, string path, Action<HttpRequestMessage> ask)
    {
        using var response = await SendAsync(host, path, ask);
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(DashboardHost host, string path, Action<HttpRequestMessage> ask) => host.SendAsync(path, ask);

    private static void LetAnyoneIn(DashboardOptions options) => options.Access = DashboardAccess.Anyone;

    private static void Roles(IServiceCollection services) => HeaderAuthentication.Add(services, "ops", "guest");

    private static void RequireOps(RouteGroupBuilder group) => group.RequireAuthorization("ops");

    private static void Fallback(IServiceCollection services)
    {
        Roles(services);
        services.Configure<AuthorizationOptions>(static options => options.FallbackPolicy = options.DefaultPolicy);
    }
}
