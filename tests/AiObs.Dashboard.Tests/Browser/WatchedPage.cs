using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Is a page in a browser, and what it did that it should not have done.</summary>
internal sealed class WatchedPage
{
    private readonly ConcurrentQueue<string> _faults = [];

    private WatchedPage(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal), $"request: {request.Url}");
        page.RequestFailed += (_, request) => Note(request.ResourceType != "eventsource", $"failed: {request.Url} {request.Failure}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Popup += (_, popup) => Note(true, $"popup: {popup.Url}");
    }

    public IPage Page { get; }

    /// <summary>Gets errors of scripts, refusals of the content security policy, dialogs, and requests to anywhere else.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<WatchedPage> OpenAsync(IBrowserContext profile, Uri address, WaitUntilState until = WaitUntilState.Load)
    {
        var page = await profile.NewPageAsync();
        var watched = new WatchedPage(page, new Uri(address.GetLeftPart(UriPartial.Authority)));
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error(`refused ${e.violatedDirective}: ${e.blockedURI} ${e.sample}`))");
        await page.GotoAsync(address.ToString(), new() { WaitUntil = until });
        return watched;
    }

    /// <summary>Goes on to another address of the same application. The faults of the page before are forgotten.</summary>
    public async Task GoToAsync(Uri address)
    {
        // What the page before still asked for ends here.
        await Page.GotoAsync("about:blank");
        _faults.Clear();
        await Page.GotoAsync(address.ToString());
    }

    public void AssertNoFaults() => Assert.True(_faults.IsEmpty, $"{Page.Url}\n{string.Join('\n', _faults)}");

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            _faults.Enqueue(text);
        }
    }
}
