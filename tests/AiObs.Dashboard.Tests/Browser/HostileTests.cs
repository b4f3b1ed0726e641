using AiObs.TestSupport;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Whatever names, users, tools and texts contain, pages show it and do nothing with it.</summary>
[Collection(SharedBrowser.Name)]
public sealed class HostileTests(ChromiumBrowser browser, HostileHost hostile, OpenPages pages) : IClassFixture<HostileHost>, IClassFixture<OpenPages>
{
    /// <summary>Finds elements and attributes that no page of ours has, and addresses that lead elsewhere or run something.</summary>
    private const string Foreign = """
        () => [...document.querySelectorAll('*')].filter(part =>
          part.matches('img, iframe, object, embed, base, style, link:not([rel=icon], [rel=stylesheet]), script:not([type=module]), meta[http-equiv], main script, main title:not(svg *)')
          || part.getAttributeNames().some(name => name.startsWith('on') || name === 'style' || name === 'srcdoc')
          || ['href', 'src', 'action', 'data-span', 'data-rows', 'data-live'].some(name => part.getAttribute(name) && new URL(part.getAttribute(name), location.href).origin !== location.origin))
          .map(part => part.outerHTML.slice(0, 200)).join('\n')
        """;

    /// <summary>Finds characters that cannot be seen, in texts and in attributes.</summary>
    private const string Hidden = """
        () => [document.documentElement.textContent, ...[...document.querySelectorAll('*')].flatMap(part => [...part.attributes].map(attribute => attribute.value))]
          .filter(text => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/.test(text)).map(text => text.slice(0, 100)).join('\n')
        """;

    public static TheoryData<string> Names => Pages.Whole;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_OfHostileTexts_ShowsThemAsText(string name)
    {
        foreach (var path in hostile.Seeds.Select(Pages.Find(name).Address).Distinct())
        {
            // One page for all of them, as a browser that is new looks for the fonts of rare characters again; so does one that has been elsewhere.
            var address = new Uri(hostile.Address, DashboardHost.Prefix + path);
            var watched = await pages.OpenAsync(browser, "hostile", address);
            await watched.Page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });

            Assert.Equal("", await watched.Page.EvaluateAsync<string>(Foreign));
            Assert.Equal("", await watched.Page.EvaluateAsync<string>(Hidden));
            watched.AssertNoFaults();
        }
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task CharactersThatCannotBeSeen_AreShownAsChips()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync(static root => Seed.Observe(root));
        await host.Traces.AppendAsync([Spans.Make(1, 1, name: "invoice\u202Egnp.exe\u001B[31m")], TestContext.Current.CancellationToken);

        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, $"/aiobs/traces/{Spans.TraceId(1)}"));

        Assert.Equal(["U+202E", "U+001B"], await watched.Page.Locator("h1 .chip").AllTextContentsAsync());
        Assert.Equal("invoiceU+202Egnp.exeU+001B[31m · AiObs", await watched.Page.TitleAsync());
        watched.AssertNoFaults();
    }
}
