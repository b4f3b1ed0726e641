using AiObs.Dashboard.Tests.Access;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>In an application of Razor components with an interactive server, a fallback policy, roles and antiforgery.</summary>
public sealed class BlazorHostTests
{
    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(null, 401)]
    [InlineData("guest", 403)]
    [InlineData("ops", 200)]
    public async Task Pages_BesideRazorComponents_AnswerByRole(string? role, int expected)
    {
        var (host, seed) = await StartAsync();
        await using var started = host;
        foreach (var page in Pages.All)
        {
            using var response = await host.SendAsync(page.Address(seed), request => SignIn(request, role));

            Assert.Equal($"{expected} {page}", $"{(int)response.StatusCode} {page}");
        }
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Links_BesideRazorComponents_LeadToItsPages()
    {
        var (host, seed) = await StartAsync();
        await using var started = host;
        var crawl = new Crawl(host, DashboardHost.Prefix) { Ask = static request => SignIn(request, "ops") };

        await crawl.StartAtAsync(Pages.Finite.Select(page => DashboardHost.Prefix + page.Address(seed)));

        crawl.AssertNoFaults();
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(null, 401)]
    [InlineData("guest", 200)]
    public async Task OwnPages_OfTheApplication_AreAsBefore(string? role, int expected)
    {
        var (host, _) = await StartAsync();
        await using var started = host;
        using var response = await host.SendRawAsync("/", request => SignIn(request, role));

        Assert.Equal(
            (expected, expected == 200),
            ((int)response.StatusCode, (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("<p>The application itself.</p>", StringComparison.Ordinal)));
        Assert.DoesNotContain("default-src 'none'", response.Headers.TryGetValues("Content-Security-Policy", out var policies) ? string.Concat(policies) : "", StringComparison.Ordinal);
    }

    private static Task<(DashboardHost Host, Seed Seed)> StartAsync() => Seed.StartAsync(
        services: static services =>
        {
            HeaderAuthentication.Add(services, "ops", "guest");
            services.Configure<AuthorizationOptions>(static options => options.FallbackPolicy = options.DefaultPolicy);
            services.AddRazorComponents().AddInteractiveServerComponents();
        },
        use: static app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseAntiforgery();
            app.MapRazorComponents<BlazorPage>().AddInteractiveServerRenderMode();
        },
        map: static group => group.RequireAuthorization("ops"));

    private static void SignIn(HttpRequestMessage request, string? role)
    {
        if (role is not null)
        {
            request.Headers.Add(HeaderAuthentication.Header, role);
        }
    }
}
