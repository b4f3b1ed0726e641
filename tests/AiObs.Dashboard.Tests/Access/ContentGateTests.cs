using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>Who sees what was said, of those who may look.</summary>
public sealed class ContentGateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gets the rows: the options, who asks, and whether texts are shown.</summary>
    public static TheoryData<ContentVisibility, string?, string, bool> Rows => new()
    {
        { ContentVisibility.Never, null, "this machine", false },
        { ContentVisibility.Never, null, "a reader on this machine", false },
        { ContentVisibility.Never, null, "a reader elsewhere", false },
        { ContentVisibility.Never, "reader", "a reader elsewhere", false },
        { ContentVisibility.WhenLocal, null, "this machine", true },
        { ContentVisibility.WhenLocal, null, "a reader on this machine", true },
        { ContentVisibility.WhenLocal, null, "a reader elsewhere", false },
        { ContentVisibility.WhenLocal, null, "a reader through a proxy", false },
        { ContentVisibility.WhenLocal, null, "anyone elsewhere", false },
        { ContentVisibility.WhenLocal, "reader", "this machine", false },
        { ContentVisibility.WhenLocal, "reader", "a reader on this machine", true },
        { ContentVisibility.WhenLocal, "reader", "a guest on this machine", false },
        { ContentVisibility.WhenLocal, "reader", "a reader elsewhere", false },
        { ContentVisibility.WhenAuthorized, null, "this machine", true },
        { ContentVisibility.WhenAuthorized, null, "a reader elsewhere", true },
        { ContentVisibility.WhenAuthorized, null, "a guest elsewhere", true },
        { ContentVisibility.WhenAuthorized, null, "a reader through a proxy", true },
        { ContentVisibility.WhenAuthorized, null, "anyone elsewhere", false },
        { ContentVisibility.WhenAuthorized, "reader", "this machine", false },
        { ContentVisibility.WhenAuthorized, "reader", "a reader elsewhere", true },
        { ContentVisibility.WhenAuthorized, "reader", "a guest elsewhere", false },
    };

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Rows))]
    public async Task Content_IsShownToWhoMaySeeItAlone(ContentVisibility visibility, string? policy, string who, bool isShown)
    {
        var (host, seed) = await Seed.StartAsync(
            options =>
            {
                (options.ShowContent, options.ContentPolicy) = (visibility, policy);
                options.Access = who.StartsWith("anyone", StringComparison.Ordinal) ? DashboardAccess.Anyone : DashboardAccess.ThisMachine;
            },
            static services => HeaderAuthentication.Add(services, "reader", "guest"),
            who.EndsWith("elsewhere", StringComparison.Ordinal) ? Asked.FromElsewhere : null,
            who.StartsWith("a ", StringComparison.Ordinal) ? static group => group.RequireAuthorization() : null);
        await using var started = host;

        var texts = new List<string>();
        var wholes = new List<string>();
        foreach (var (page, path) in Pages.Finite.SelectMany(page => page.Addresses(seed).Select(path => (page, path))))
        {
            using var response = await host.SendAsync(path, request => Ask(request, who));
            Assert.True(response.IsSuccessStatusCode || page.NeedsContent, $"{path}: {response.StatusCode}");
            var text = await response.Content.ReadAsStringAsync(Token);
            (page.Kind == PageKind.Page ? wholes : texts).Add(text);
        }

        var all = string.Concat([.. texts, .. wholes]);
        string[] contents = [.. Seed.Contents, .. Seed.KeptTexts];
        Assert.Equal(isShown ? contents : [], contents.Where(content => all.Contains(content, StringComparison.Ordinal)));
        Assert.All(wholes, text => Assert.Equal(!isShown, text.Contains("<p class=\"mode\">read only · content hidden</p>", StringComparison.Ordinal)));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(false, "DashboardOptions.ContentPolicy is \"reader\", and the application has no authorization: call services.AddAuthorization(o => o.AddPolicy(\"reader\", …)).")]
    [InlineData(true, "No policy found: reader.")]
    public async Task Policy_ThatIsNotThere_ShowsNothing(bool hasAuthorization, string expected)
    {
        var (host, seed) = await Seed.StartAsync(
            static options => options.ContentPolicy = "reader",
            services => _ = hasAuthorization ? services.AddAuthorization() : services);
        await using var started = host;
        foreach (var page in Pages.All)
        {
            using var response = await host.SendAsync(page.Address(seed));

            Assert.Equal((500, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
        }

        Assert.Contains(host.Logs.GetSnapshot(), log => log.Exception?.Message == expected);
    }

    private static void Ask(HttpRequestMessage request, string who)
    {
        if (who.Split(' ') is ["a", var role, ..])
        {
            request.Headers.Add(HeaderAuthentication.Header, role);
        }

        if (who.EndsWith("proxy", StringComparison.Ordinal))
        {
            request.Headers.Add("X-Forwarded-For", "10.0.0.7");
        }
    }
}
