using AiObs.TestSupport;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>axe looks at each page, in light and dark.</summary>
[Collection(SharedBrowser.Name)]
public sealed class AxeTests(ChromiumBrowser browser)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>What another scheme changes.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    public static TheoryData<string> Names => Pages.Whole;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_InLightAndDark_IsForAll(string name)
    {
        await using var light = await browser.OpenProfileAsync(new() { ColorScheme = ColorScheme.Light });
        await using var dark = await browser.OpenProfileAsync(new() { ColorScheme = ColorScheme.Dark });
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        var address = new Uri(host.Address, DashboardHost.Prefix + Pages.Find(name).Address(seed));

        Assert.Equal("", await FindingsAsync(light, address, "rgb(255, 255, 255)", Rules));
        Assert.Equal("", await FindingsAsync(dark, address, "rgb(20, 22, 26)", Colours));
    }

    private static async Task<string> FindingsAsync(IBrowserContext profile, Uri address, string background, AxeRunOptions rules)
    {
        var page = await WatchedPage.OpenAsync(profile, address);
        Assert.Equal(background, await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        var result = await page.Page.RunAxe(rules);
        Assert.NotEmpty(result.Passes);
        page.AssertNoFaults();

        return string.Join('\n', result.Violations.SelectMany(static rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html}")));
    }
}
