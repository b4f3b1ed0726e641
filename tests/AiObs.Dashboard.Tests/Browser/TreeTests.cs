using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>The tree of a trace with the keyboard alone, and when it is large.</summary>
[Collection(SharedBrowser.Name)]
public sealed class TreeTests(ChromiumBrowser browser)
{
    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Tree_WithTheKeyboardAlone_IsWalkedFoldedAndOpened()
    {
        await using var profile = await browser.OpenProfileAsync();
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, $"/aiobs/traces/{seed.TraceId}"));
        var page = watched.Page;
        var rows = await page.Locator(".tree tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.id)");
        Assert.Equal(seed.SpanIds.Count, rows.Length);

        // The first stop skips all above the page.
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".skip")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();
        await TabToTreeAsync(page);
        Assert.Equal(rows[0], await FocusedAsync(page));

        var walked = new List<string>();
        foreach (var key in (string[])["ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowDown", "Home", "ArrowUp", "j", "k"])
        {
            await page.Keyboard.PressAsync(key);
            walked.Add(await FocusedAsync(page));
        }

        Assert.Equal([rows[1], rows[2], rows[1], rows[^1], rows[^1], rows[0], rows[0], rows[1], rows[0]], walked);

        // Folded, its row keeps the focus; open again, the way goes on from it.
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator(".tree tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator($"#{rows[0]}")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator($"#{rows[0]}")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".tree tbody tr")).ToHaveCountAsync(rows.Length);
        await Assertions.Expect(page.Locator($"#{rows[0]}")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(rows[1], await FocusedAsync(page));
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(rows[0], await FocusedAsync(page));

        // Enter opens the span and goes to it, and its address is that of the page with it.
        await page.Locator($"#s{seed.SpanId}").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#span h3").First).ToHaveTextAsync("Receipt");
        await Assertions.Expect(page.Locator("#span")).ToBeFocusedAsync();
        Assert.Contains($"span={seed.SpanId}", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#span h3").First).ToHaveTextAsync("Receipt");
        await Assertions.Expect(page.Locator($"#s{seed.SpanId}")).ToHaveAttributeAsync("aria-selected", "true");
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Tree_OpenToADepth_IsOpenedFurtherRowByRow()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        await LargeTraces.AddAsync(host, trace: 2, spans: 350);
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, $"/aiobs/traces/{Spans.TraceId(2)}?depth=2"));
        var rows = watched.Page.Locator(".tree tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(5);

        await rows.Nth(1).FocusAsync();
        await watched.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(rows).ToHaveCountAsync(5 + 99);
        await watched.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(rows).ToHaveCountAsync(5);

        // A star opens all rows beside it.
        await watched.Page.Keyboard.PressAsync("*");
        await Assertions.Expect(watched.Page.Locator(".tree")).ToHaveAttributeAsync("aria-rowcount", "351");
        await Assertions.Expect(rows.Nth(1)).ToBeFocusedAsync();
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Tree_OfTenThousandSpans_HasFewNodesAndGoesOnInPlace()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        await LargeTraces.AddAsync(host, trace: 2, spans: 10_000);
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, $"/aiobs/traces/{Spans.TraceId(2)}"));
        var page = watched.Page;

        await Assertions.Expect(page.Locator(".tree")).ToHaveAttributeAsync("aria-rowcount", "10001");
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1_000, 5_000);

        await page.GetByRole(AriaRole.Link, new() { Name = "Next", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".pages p")).ToHaveTextAsync("rows 201 to 400 of 10,000");
        Assert.Equal(200, await page.Locator(".tree tbody tr").CountAsync());
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1_000, 5_000);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Next", Exact = true })).ToBeFocusedAsync();
        await page.ReloadAsync();
        await TabToTreeAsync(page);
        Assert.Equal("s" + Spans.SpanId(201), await FocusedAsync(page));
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Tree_WhereThePolicyOfTheHostForbidsParts_IsLoadedAsAWhole()
    {
        await using var profile = await browser.OpenProfileAsync();
        var (host, seed) = await Seed.StartAsync(use: static app => app.Use(static (http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "require-trusted-types-for 'script'; trusted-types 'none'";
            return next(http);
        }));
        await using var started = host;
        var page = (await WatchedPage.OpenAsync(profile, new(host.Address, $"/aiobs/traces/{seed.TraceId}"))).Page;

        await page.Locator("[data-twist]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".tree tbody tr")).ToHaveCountAsync(1);
        await page.Locator(".tree tbody tr").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#span h2")).ToHaveTextAsync("invoke_agent weather");
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Theme_IsKeptFromPageToPage()
    {
        await using var profile = await browser.OpenProfileAsync(new() { ColorScheme = ColorScheme.Light });
        var (host, _) = await Seed.StartAsync();
        await using var started = host;
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, "/aiobs/traces"));
        var page = watched.Page;
        var button = page.Locator("[data-theme-switch]");

        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveTextAsync("Theme: light");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveTextAsync("Theme: dark");
        Assert.Equal("rgb(20, 22, 26)", await BackgroundAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Conversations" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Conversations");
        await Assertions.Expect(button).ToHaveTextAsync("Theme: dark");
        Assert.Equal("rgb(20, 22, 26)", await BackgroundAsync(page));
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveTextAsync("Theme: system");
        Assert.Equal("rgb(255, 255, 255)", await BackgroundAsync(page));
        watched.AssertNoFaults();
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.id");

    /// <summary>Goes from stop to stop until a row of the tree has the focus: one of them alone is a stop.</summary>
    private static async Task TabToTreeAsync(IPage page)
    {
        for (var stop = 0; stop < 60; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement.matches('.tree tbody tr')"))
            {
                return;
            }
        }

        Assert.Fail("No row of the tree is a stop of the keyboard.");
    }
}
