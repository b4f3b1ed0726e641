using AiObs.TestSupport;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>axe looks at each page, in light and dark.</summary>
[Collection(SharedBrowser.Name)]
public sealed class AxeTests(ChromiumBrowser browser, SeededHost host, OpenPages pages) : IClassFixture<SeededHost>, IClassFixture<OpenPages>
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
        Assert.Equal("", await FindingsAsync(name, ColorScheme.Light, "rgb(255, 255, 255)", Rules));
        Assert.Equal("", await FindingsAsync(name, ColorScheme.Dark, "rgb(20, 22, 26)", Colours));
    }

    private async Task<string> FindingsAsync(string name, ColorScheme scheme, string background, AxeRunOptions rules)
    {
        var page = await pages.GoToAsync(browser, scheme.ToString(), new() { ColorScheme = scheme }, host.AddressOf(name));
        Assert.Equal(background, await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

        // Our pages have no frames: the other way opens a page for each run, to put together what was found in each of them.
#pragma warning disable CS0618 // It takes half of the time, and finds the same where there are no frames.
        var result = await page.Page.Locator("html").RunAxeLegacy(rules);
#pragma warning restore CS0618
        Assert.Contains(result.Passes, found => found.Id == (rules == Colours ? "color-contrast" : "page-has-heading-one"));
        page.AssertNoFaults();

        return string.Join('\n', result.Violations.SelectMany(static rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html}")));
    }
}
