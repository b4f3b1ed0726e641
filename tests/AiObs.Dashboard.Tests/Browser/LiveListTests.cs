using System.Globalization;
using System.Text.RegularExpressions;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Playwright;
using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>The list of traces while new ones come, as a browser shows it.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LiveListTests(ChromiumBrowser browser)
{
    private const int MostRows = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_WithTwoHundredSpansASecond_ShowsThemAndStaysResponsive()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        await AppendAsync(host, 1);
        var watched = await OpenAsync(profile, host);
        var page = watched.Page;
        var link = page.Locator("#t" + Spans.TraceId(1)).GetByRole(AriaRole.Link);
        await link.FocusAsync();
        await using var metrics = await CpuOfPage.StartAsync(page);

        const int Last = 600;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var trace = 2; trace <= Last; trace += 10)
        {
            await AppendAsync(host, [.. Enumerable.Range(trace, Math.Min(10, Last - trace + 1))]);
            await timer.WaitForNextTickAsync(Token);
        }

        await Assertions.Expect(Row(page, Last)).ToBeVisibleAsync();
        Assert.Equal(MostRows, await Rows(page).CountAsync());
        await Assertions.Expect(link).ToBeFocusedAsync();
        Assert.InRange(await metrics.ShareAsync(), 0, 0.5);
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_ThatIsPaused_HoldsRowsBackUntilItIsToldTo()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        await AppendAsync(host, 1);
        var watched = await OpenAsync(profile, host);
        var page = watched.Page;
        var pause = page.Locator("[data-pause]");
        var waiting = page.Locator("[data-new]");

        await pause.ClickAsync();
        await Assertions.Expect(pause).ToHaveTextAsync("Go on");
        var before = await Rows(page).CountAsync();
        await AppendAsync(host, [.. Enumerable.Range(2, 30)]);
        await Assertions.Expect(waiting).ToHaveTextAsync("30 new");
        Assert.Equal(before, await Rows(page).CountAsync());
        await Assertions.Expect(page.Locator("[data-live-region]")).ToHaveTextAsync(new Regex("^[1-9][0-9]? new traces$"));

        await waiting.ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(before + 30);
        await Assertions.Expect(Rows(page).First).ToHaveIdAsync("t" + Spans.TraceId(31));
        await Assertions.Expect(waiting).ToBeHiddenAsync();
        await Assertions.Expect(pause).ToHaveTextAsync("Pause");
        await AppendAsync(host, 40);
        await Assertions.Expect(Row(page, 40)).ToBeVisibleAsync();

        // However long it is paused, not more than the list can show is kept.
        await page.Keyboard.PressAsync("p");
        await AppendAsync(host, [.. Enumerable.Range(100, MostRows + 50)]);
        await Assertions.Expect(waiting).ToHaveTextAsync("200 or more new");
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(MostRows);
        await Assertions.Expect(Rows(page).First).ToHaveIdAsync("t" + Spans.TraceId(99 + MostRows + 50));
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_ThatIsEmpty_ShowsTheFirstTraceThatComes()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        var watched = await OpenAsync(profile, host);

        await AppendAsync(host, 1);

        await Assertions.Expect(Row(watched.Page, 1)).ToBeVisibleAsync();
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Row_OfACallThatRuns_BecomesThatOfItsResult()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<ChatResponse>());
        using var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                asked.SetResult();
                return answer.Task;
            },
        }.AsBuilder().UseAgentObservability(host.Observability).Build();
        var call = client.GetResponseAsync("Hello?", cancellationToken: Token);
        await asked.Task;
        var watched = await OpenAsync(profile, host);
        var page = watched.Page;
        var row = Rows(page).Filter(new() { HasText = "chat" });
        await Assertions.Expect(row.Locator("td:nth-child(10)")).ToHaveTextAsync("running");
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await row.GetByRole(AriaRole.Link).FocusAsync();

        answer.SetResult(new(new ChatMessage(ChatRole.Assistant, "Hello.")));
        await call;

        await Assertions.Expect(row.Locator("td:nth-child(10)")).ToHaveTextAsync("ok");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        watched.AssertNoFaults();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_WhereMarkupOfTextIsForbidden_IsAskedForAgain()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var host = await DashboardHost.StartAsync(use: StrictHost.UsePolicy);
        await AppendAsync(host, 1);
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, "/aiobs/traces"));
        var page = watched.Page;

        // The second comes as a message, which may not be shown; the third is there at the next look.
        for (var trace = 2; trace <= 3; trace++)
        {
            await AppendAsync(host, trace);
            await Assertions.Expect(Row(page, trace)).ToBeVisibleAsync();
        }

        Assert.All(watched.Faults, static fault => Assert.Matches("requires 'TrustedHTML' assignment|refused require-trusted-types-for", fault));
    }

    /// <summary>Opens the list and waits until what is new comes to it.</summary>
    private static async Task<WatchedPage> OpenAsync(IBrowserContext profile, DashboardHost host)
    {
        const int First = 10_000;
        var watched = await WatchedPage.OpenAsync(profile, new(host.Address, "/aiobs/traces"));
        for (var trace = First; await watched.Page.Locator($"[id^=t{Spans.TraceId(First)[..^2]}]").CountAsync() == 0; trace++)
        {
            await AppendAsync(host, trace);
            await Task.Delay(100, Token);
        }

        return watched;
    }

    private static ILocator Rows(IPage page) => page.Locator(".traces tbody tr");

    private static ILocator Row(IPage page, int trace) => page.Locator("#t" + Spans.TraceId(trace));

    private static async Task AppendAsync(DashboardHost host, params int[] traces) =>
        await host.Traces.AppendAsync([.. traces.Select(static trace => Spans.Make(trace, 1, time: DateTimeOffset.UtcNow.AddMilliseconds(trace), name: trace.ToString(CultureInfo.InvariantCulture)))], Token);
}
