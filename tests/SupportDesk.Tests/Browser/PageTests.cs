using System.Text.RegularExpressions;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Playwright;
using SupportDesk.Assistant;

namespace SupportDesk.Tests.Browser;

/// <summary>Uses the page in a real browser.</summary>
public sealed partial class PageTests(ChromiumBrowser browser) : IClassFixture<ChromiumBrowser>
{
    private const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b> javascript:alert(3) \u202Egnp.exe";

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_WithTheKeyboardAlone_AnswersShowsCostAndRecords()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var desk = await RunningDesk.StartAsync();
        desk.Model.Enqueue(Replies.Call(SupportTools.LookUpOrder, """{"orderId":"1001"}"""), Replies.Say("It arrives ", "tomorrow."));
        var page = await DeskPage.OpenAsync(profile, desk.Address);
        var keyboard = page.Page.Keyboard;

        // Both buttons of the header, the conversation and its three suggestions stand before the question.
        for (var stop = 0; stop < 7; stop++)
        {
            await keyboard.PressAsync("Tab");
        }

        await keyboard.TypeAsync("Where is my order 1001?");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Answer.Locator(".cost")).ToHaveTextAsync("$0.009000: 2 calls, 2000 tokens in, 200 out");
        await Assertions.Expect(page.Question).ToBeFocusedAsync();
        await keyboard.PressAsync("Shift+Tab");
        await keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Answer.Locator(".receipt")).ToHaveCountAsync(2);
        Assert.Equal(
            """
            invoke_agent support-desk  # ms
              chat claude-sonnet-4-5  # ms  $0.004500
              execute_tool look_up_order  # ms
              chat claude-sonnet-4-5  # ms  $0.004500
            """,
            Duration().Replace(SpanOfTheSdk().Replace((await page.Answer.Locator(".spans").TextContentAsync())!, ""), "# ms"));
        Assert.Equal(["Where is my order 1001?", "It arrives tomorrow."], await page.Page.Locator("p.text").AllTextContentsAsync());
        Assert.Equal(
            """look_up_order {"orderId":"1001"} → {"id":"1001","item":"a pair of walking boots","price":129.00,"status":"on its way and will arrive tomorrow"}""",
            await page.Answer.Locator(".tool").TextContentAsync());
        Assert.Equal("$0.009000 of $0.030000", await page.Page.Locator("#budget").TextContentAsync());
        Assert.Equal("0.009", await page.Page.Locator("#meter").EvaluateAsync<string>("meter => String(meter.value)"));
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_HostileTextsOfVisitorModelAndTool_ShowsThemAsText()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var desk = await RunningDesk.StartAsync();
        var arguments = System.Text.Json.JsonSerializer.Serialize(new { orderId = Hostile });
        desk.Model.Enqueue(Replies.Call(SupportTools.LookUpOrder, arguments), Replies.Say(Hostile) with { Model = Hostile });
        var page = await DeskPage.OpenAsync(profile, desk.Address);

        await page.AskAsync(Hostile);
        await page.Answer.Locator("summary").ClickAsync();
        await Assertions.Expect(page.Answer.Locator(".receipt")).ToHaveCountAsync(2);

        Assert.Equal([Hostile, Hostile], await page.Page.Locator("p.text").AllTextContentsAsync());
        Assert.Contains("<img src=x onerror=alert(1)>", await page.Answer.Locator(".tool").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("article img, article script, article b, article a").CountAsync());
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_BudgetIsUsedUp_SaysSoAndLetsSomebodyElseIn()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var desk = await RunningDesk.StartAsync([new("Desk:VisitorBudget", "0.01")]);
        desk.Model.Handler = static _ => Replies.Say("Hello.");
        var page = await DeskPage.OpenAsync(profile, desk.Address);

        await page.AskAsync("Hi");
        await page.AskAsync("Hi");
        var refusal = await page.Answer.Locator(".trouble").TextContentAsync();
        var cost = await page.Answer.Locator(".cost").TextContentAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Be somebody else" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#budget")).ToHaveTextAsync("$0.000000 of $0.010000");
        await page.AskAsync("Hi");

        Assert.StartsWith("Your budget for today is used up: $0.0045 of $0.01 are spent", refusal, StringComparison.Ordinal);
        Assert.Equal("Free: no model has answered.", cost);
        Assert.Equal("Hello.", await page.Answer.Locator("p.text").TextContentAsync());
        Assert.Empty(page.Faults);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_EscapeInTheMiddleOfAnAnswer_StopsTheModel()
    {
        await using var profile = await browser.OpenProfileAsync();
        await using var desk = await RunningDesk.StartAsync();
        desk.Model.Enqueue(Replies.SayAndGoSilent());
        var page = await DeskPage.OpenAsync(profile, desk.Address);

        await page.Question.FillAsync("Hi");
        await page.Question.PressAsync("Enter");
        await Assertions.Expect(page.Answer.Locator("p.text")).ToHaveTextAsync("One ");
        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Answer.Locator(".trouble")).ToHaveTextAsync("You have stopped this answer.");
        Assert.Equal(RequestOutcome.Disconnected, await desk.Model.Requests[0].Finished);
        Assert.Empty(page.Faults);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(ColorScheme.Light, "rgb(246, 247, 245)")]
    [InlineData(ColorScheme.Dark, "rgb(22, 26, 24)")]
    public async Task Page_OnANarrowScreen_FitsInLightAndDark(ColorScheme scheme, string background)
    {
        await using var profile = await browser.OpenProfileAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 320, Height = 640 } });
        await using var desk = await RunningDesk.StartAsync();
        desk.Model.Enqueue(Replies.Say($"{new string('a', 200)} ", "end."));
        var page = await DeskPage.OpenAsync(profile, desk.Address);

        await page.AskAsync(new string('q', 200));
        await page.Answer.Locator("summary").ClickAsync();
        await Assertions.Expect(page.Answer.Locator(".receipt")).ToBeVisibleAsync();

        Assert.Equal(320, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(background, await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(page.Faults);
    }

    // The SDK's own spans are seen by one of the desks that run side by side in this process.
    [GeneratedRegex(@"\n +anthropic\.messages\.create  [\d.]+ ms")]
    private static partial Regex SpanOfTheSdk();

    [GeneratedRegex(@"[\d.]+ ms")]
    private static partial Regex Duration();
}
