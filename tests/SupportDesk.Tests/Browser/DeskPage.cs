using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SupportDesk.Tests.Browser;

/// <summary>Is the page in a browser, and what it did that it should not have done.</summary>
internal sealed class DeskPage
{
    private readonly ConcurrentQueue<string> _faults = [];

    private DeskPage(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal), $"request: {request.Url}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Gets errors of scripts, refusals of the content security policy, dialogs, and requests to anywhere else.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public ILocator Question => Page.GetByLabel("Your question");

    /// <summary>Gets the newest answer.</summary>
    public ILocator Answer => Page.Locator("article.theirs").Last;

    public static async Task<DeskPage> OpenAsync(IBrowserContext profile, Uri address)
    {
        var page = new DeskPage(await profile.NewPageAsync(), address);
        await page.Page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Page.Locator("#budget")).Not.ToBeEmptyAsync();

        return page;
    }

    /// <summary>Asks with the keyboard, and waits for the end of the answer.</summary>
    public async Task AskAsync(string question)
    {
        await Question.FillAsync(question);
        await Question.PressAsync("Enter");
        await Assertions.Expect(Answer.Locator(".cost")).ToBeVisibleAsync();
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            _faults.Enqueue(text);
        }
    }
}
