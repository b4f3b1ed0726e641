using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Each page: without script, under a policy of the host, on a narrow screen, and enlarged.</summary>
[Collection(SharedBrowser.Name)]
public sealed class PageTests(ChromiumBrowser browser)
{
    private const string HostPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>What is there to read, without the times, which the script writes in the reader's own zone.</summary>
    private const string TextOfMain =
        "() => { const main = document.querySelector('main').cloneNode(true); for (const part of main.querySelectorAll('time, [data-live]')) part.remove(); return main.textContent.replace(/\\s+/g, ' '); }";

    public static TheoryData<string> Names => Pages.Whole;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_WithoutScript_SaysTheSame(string name)
    {
        await using var without = await browser.OpenProfileAsync(new() { JavaScriptEnabled = false });
        await using var with = await browser.OpenProfileAsync();
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        var address = AddressOf(host, seed, name);

        var plain = await WatchedPage.OpenAsync(without, address);
        var comfortable = await WatchedPage.OpenAsync(with, address);

        var text = await plain.Page.EvaluateAsync<string>(TextOfMain);
        Assert.InRange(text.Trim().Length, 20, int.MaxValue);
        Assert.Equal(await comfortable.Page.EvaluateAsync<string>(TextOfMain), text);
        await Assertions.Expect(plain.Page.Locator("h1")).ToBeVisibleAsync();
        plain.AssertNoFaults();
        comfortable.AssertNoFaults();
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_UnderAStrictPolicyOfTheHost_BreaksNothingOfIt(string name)
    {
        await using var profile = await browser.OpenProfileAsync();
        var (host, seed) = await Seed.StartAsync(use: static app => app.Use(static (http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = HostPolicy;
            return next(http);
        }));
        await using var started = host;

        var page = await WatchedPage.OpenAsync(profile, AddressOf(host, seed, name));

        await Assertions.Expect(page.Page.Locator("[data-theme-switch]")).ToHaveTextAsync("Theme: system");
        page.AssertNoFaults();
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_OnANarrowScreenAndEnlarged_ScrollsItsTablesAlone(string name)
    {
        // 1280 pixels at 200 % are 640 of the page's own.
        await using var narrow = await browser.OpenProfileAsync(new() { ViewportSize = new() { Width = 320, Height = 640 } });
        await using var enlarged = await browser.OpenProfileAsync(new() { ViewportSize = new() { Width = 640, Height = 400 }, DeviceScaleFactor = 2 });
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        await LongTexts.FillAsync(host);
        var address = AddressOf(host, seed, name);

        var small = await WatchedPage.OpenAsync(narrow, address);
        var large = await WatchedPage.OpenAsync(enlarged, address);

        Assert.Equal((320, ""), (await small.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await WideAsync(small)));
        Assert.Equal((640, ""), (await large.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await WideAsync(large)));
    }

    /// <summary>What stands out of the page, and in nothing that scrolls.</summary>
    private static Task<string> WideAsync(WatchedPage page) => page.Page.EvaluateAsync<string>("""
        () => [...document.querySelectorAll('body *')]
          .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('.visually-hidden, .skip'))
          .filter(part => { for (let box = part.parentElement; box; box = box.parentElement) if (box !== document.body && getComputedStyle(box).overflowX !== 'visible' && box.getBoundingClientRect().right <= innerWidth + 1) return false; return true; })
          .map(part => part.outerHTML.slice(0, 120)).slice(0, 3).join('\n')
        """);

    private static Uri AddressOf(DashboardHost host, Seed seed, string name) => new(host.Address, DashboardHost.Prefix + Pages.Find(name).Address(seed));
}
