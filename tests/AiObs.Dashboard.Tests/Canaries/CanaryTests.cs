using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Canaries;

/// <summary>What must not be recorded is in no page, fragment and file, whoever looks.</summary>
public sealed class CanaryTests
{
    private static readonly Dictionary<string, (Action<AgentObservabilityOptions> Configure, IEnumerable<string> Shown)> Cases = new()
    {
        ["all of it"] = (static _ => { }, Seed.Contents),
        ["content off"] = (static options => options.CaptureContent = ContentCapture.None, []),
        ["inputs hidden"] = (static options => options.Privacy.HideInputs = true, ["CANARYreasoning", "CANARYanswer", "CANARYcity", "CANARYweather"]),
        ["input messages hidden"] = (static options => options.Privacy.HideInputMessages = true, ["CANARYreasoning", "CANARYanswer", "CANARYcity", "CANARYweather"]),
        ["outputs hidden"] = (static options => options.Privacy.HideOutputs = true, ["CANARYquestion", "CANARYinstructions", "CANARYcity", "CANARYweather"]),
        ["both hidden"] = (static options => (options.Privacy.HideInputs, options.Privacy.HideOutputs) = (true, true), []),
        ["everything redacted"] = (static options => options.Privacy.RedactText = static (_, _) => "gone", []),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task Pages_AllOfThem_ShowWhatWasRecordedAlone(string name)
    {
        var (configure, shown) = Cases[name];
        var (host, seed) = await Seed.StartAsync(configure: configure);
        await using var started = host;

        var texts = await ReadAllAsync(host, seed);

        Assert.Equal(Expected([.. shown, .. Seed.KeptTexts]), Expected(((string[])[.. Seed.Contents, .. Seed.KeptTexts]).Where(canary => Hits(texts, canary).Count > 0)));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Search_OfWhoMaySeeNoContent_FindsNothingByIt()
    {
        var (host, seed) = await Seed.StartAsync(static options => options.ShowContent = ContentVisibility.Never);
        await using var started = host;
        foreach (var canary in Seed.Contents)
        {
            Assert.Contains("<span class=\"hint\">0 spans have it</span>", await host.GetAsync($"/traces/{seed.TraceId}?find={canary}"), StringComparison.Ordinal);
            Assert.Contains("No trace here yet.", await host.GetAsync($"/traces?q={canary}"), StringComparison.Ordinal);
        }

        // It finds what is no content.
        Assert.DoesNotContain("No trace here yet.", await host.GetAsync("/traces?q=get_weather"), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Content_ErasedWhileSomebodyLooks_IsGoneAtTheNextClick()
    {
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        Assert.NotEmpty(Hits(await ReadAllAsync(host, seed), "CANARYanswer"));

        await host.Traces.EraseContentAsync(TraceQuery.All, Token);
        await host.Services.GetRequiredService<IEventLog>().EraseContentAsync(EventQuery.All, "asked for", Token);

        var texts = await ReadAllAsync(host, seed);
        Assert.All(Seed.Contents, canary => Assert.Empty(Hits(texts, canary)));
        Assert.Contains("Erased, or older than content is kept.", texts[$"/traces/{seed.TraceId}?span={seed.SpanId}"], StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Stream_OfWhatHappens_HasNamesAndNoContent()
    {
        await using var host = await DashboardHost.StartAsync(static root => Seed.Observe(root));
        using var response = await host.SendAsync("/live");
        using var messages = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(": hello", await messages.ReadLineAsync(Token));

        // The feed begins with its first reader; what came before that is in the list.
        var read = new List<string>();
        var seed = await Seed.FillAsync(host.Observability, host.Traces);
        while (!read.Exists(line => line.Contains($"t{seed.TraceId}", StringComparison.Ordinal)))
        {
            read.Add(await messages.ReadLineAsync(Token) ?? throw new EndOfStreamException(string.Join('\n', read)));
        }

        while (read[^1].Length > 0)
        {
            read.Add((await messages.ReadLineAsync(Token))!);
        }

        var text = string.Join('\n', read);
        Assert.Contains("event: row", text, StringComparison.Ordinal);
        Assert.Contains("<bdi>ada</bdi>", text, StringComparison.Ordinal);
        Assert.Empty(new CanaryScan([.. Seed.Contents]).SearchText(text, "/live").Hits);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Logs_OfADashboardThatWasLookedAt_HaveNoContent()
    {
        var (host, seed) = await Seed.StartAsync();
        await using var started = host;
        await ReadAllAsync(host, seed);

        var scan = new CanaryScan([.. Seed.Contents, .. Seed.KeptTexts]).Search(host.Logs.GetSnapshot());

        Assert.Empty(scan.Hits);
        Assert.InRange(scan.Looks, 1, int.MaxValue);
    }

    private static string[] Expected(IEnumerable<string> canaries) => [.. canaries.Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Hits(IReadOnlyDictionary<string, string> texts, string canary)
    {
        var scan = new CanaryScan(canary);
        foreach (var (path, text) in texts)
        {
            scan.SearchText(text, path);
        }

        return scan.Hits;
    }

    private static async Task<Dictionary<string, string>> ReadAllAsync(DashboardHost host, Seed seed)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Pages.Finite.SelectMany(page => page.Addresses(seed)))
        {
            using var response = await host.SendAsync(path);
            texts[path] = await response.Content.ReadAsStringAsync(Token);
        }

        return texts;
    }
}
