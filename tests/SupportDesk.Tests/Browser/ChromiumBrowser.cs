using Microsoft.Playwright;

namespace SupportDesk.Tests.Browser;

/// <summary>Is the one browser of all tests: that in <c>AIOBS_CHROMIUM</c>, or Debian's. Nothing is downloaded.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private const string Variable = "AIOBS_CHROMIUM";
    private const string DefaultPath = "/usr/bin/chromium";

    private static readonly string Executable = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : DefaultPath;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            _playwright = await Playwright.CreateAsync();

            // A busy machine is no failure: the test's own limit ends it.
            Assertions.SetDefaultExpectTimeout(AiObs.TestSupport.HangGuard.Milliseconds);
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
            });
        }
    }

    /// <summary>Opens the page in a profile of its own; skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> OpenProfileAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, $"There is no browser at {Executable}; {Variable} may name another one.");
        var profile = await _browser.NewContextAsync(options);
        profile.SetDefaultTimeout(AiObs.TestSupport.HangGuard.Milliseconds);

        return profile;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
