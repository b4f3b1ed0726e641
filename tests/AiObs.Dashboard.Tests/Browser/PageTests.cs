using AiObs.TestSupport;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Each page: without script, under a policy of the host, on a narrow screen, and enlarged.</summary>
[Collection(SharedBrowser.Name)]
public sealed class PageTests(ChromiumBrowser browser, SeededHost seeded, StrictHost strict, LongTextsHost longTexts, OpenPages pages)
    : IClassFixture<SeededHost>, IClassFixture<StrictHost>, IClassFixture<LongTextsHost>, IClassFixture<OpenPages>
{
    /// <summary>What is there to read, without the times, which the script writes in the reader's own zone.</summary>
    private const string TextOfMain =
        "() => { const main = document.querySelector('main').cloneNode(true); for (const part of main.querySelectorAll('time, [data-live]')) part.remove(); return main.textContent.replace(/\\s+/g, ' '); }";

    public static TheoryData<string> Names => Pages.Whole;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_WithoutScript_SaysTheSame(string name)
    {
        var address = seeded.AddressOf(name);
        var plain = await pages.GoToAsync(browser, "without script", new() { JavaScriptEnabled = false }, address);
        var comfortable = await pages.GoToAsync(browser, "with script", new(), address);

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
        var page = await pages.GoToAsync(browser, "strict", new(), strict.AddressOf(name));

        await Assertions.Expect(page.Page.Locator("[data-theme-switch]")).ToHaveTextAsync("Theme: system");
        page.AssertNoFaults();
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Page_OnANarrowScreenAndEnlarged_ScrollsItsTablesAlone(string name)
    {
        var address = longTexts.AddressOf(name);
        var small = await pages.GoToAsync(browser, "narrow", new() { ViewportSize = new() { Width = 320, Height = 640 } }, address);

        // 1280 pixels at 200 % are 640 of the page's own.
        var large = await pages.GoToAsync(browser, "enlarged", new() { ViewportSize = new() { Width = 640, Height = 400 }, DeviceScaleFactor = 2 }, address);

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
}
