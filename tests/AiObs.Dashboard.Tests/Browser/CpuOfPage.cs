using System.Diagnostics;
using Microsoft.Playwright;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>How much of the time the main thread of a page works. Counted in what it takes of a processor, so that others on the machine do not count.</summary>
internal sealed class CpuOfPage : IAsyncDisposable
{
    private readonly ICDPSession _session;
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _before;

    private CpuOfPage(ICDPSession session) => _session = session;

    public static async Task<CpuOfPage> StartAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        var cpu = new CpuOfPage(session);
        cpu._before = await cpu.SecondsAsync();
        return cpu;
    }

    /// <summary>Returns the share of the time since the start.</summary>
    public async Task<double> ShareAsync()
    {
        var share = (await SecondsAsync() - _before) / Stopwatch.GetElapsedTime(_start).TotalSeconds;
        Assert.True(share > 0, "The browser did not say what its page took.");
        return share;
    }

    public async ValueTask DisposeAsync() => await _session.DetachAsync();

    private async Task<double> SecondsAsync()
    {
        var metrics = (await _session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().Single(static metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }
}
