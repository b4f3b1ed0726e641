using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Profiles of a browser, each with one page, which stay open for the tests of a class: to start them anew takes longer than what is tested.</summary>
public sealed class OpenPages : IAsyncLifetime
{
    private readonly Dictionary<string, WatchedPage> _pages = new(StringComparer.Ordinal);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Finds the page with this name, wherever it is, or opens it at an address.</summary>
    internal async Task<WatchedPage> OpenAsync(ChromiumBrowser browser, string name, Uri address)
    {
        if (!_pages.TryGetValue(name, out var page))
        {
            page = _pages[name] = await WatchedPage.OpenAsync(await browser.OpenProfileAsync(), address, WaitUntilState.DOMContentLoaded);
        }

        return page;
    }

    /// <summary>Goes to an address in the page with this name; the faults it had before are forgotten.</summary>
    internal async Task<WatchedPage> GoToAsync(ChromiumBrowser browser, string name, BrowserNewContextOptions options, Uri address)
    {
        if (!_pages.TryGetValue(name, out var page))
        {
            return _pages[name] = await WatchedPage.OpenAsync(await browser.OpenProfileAsync(options), address);
        }

        await page.GoToAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages.Values)
        {
            await page.Page.Context.DisposeAsync();
        }
    }
}
