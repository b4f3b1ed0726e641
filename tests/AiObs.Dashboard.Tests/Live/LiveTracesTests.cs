using System.Diagnostics;
using System.Globalization;
using AiObs.Cost;
using AiObs.Dashboard.Tests.Costs;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiObs.Dashboard.Tests.Live;

public sealed class LiveTracesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Reader_IsToldOfATrace()
    {
        var store = new FailingTraceStore();
        await using var host = await StoppedHost.StartAsync(store, observe: null);
        using var response = await host.SendAsync("/live");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await UntilAsync(() => store.WatcherCount == 1);

        await store.AppendAsync([Spans.Make(1, 1, time: StoppedHost.Now)], Token);

        Assert.Equal([": hello", "", "id: 1", "event: row", string.Create(CultureInfo.InvariantCulture, $"data: <tr id=\"t{Spans.TraceId(1)}\">")], await ReadAsync(lines, 5));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Reader_ThatLeaves_EndsWatchingAndIsForgotten()
    {
        var store = new FailingTraceStore();
        var requests = new List<WeakReference>();
        await using var host = await DashboardHost.StartAsync(
            services: services => services.AddSingleton<ITraceStore>(store),
            use: app => app.Use((http, next) =>
            {
                requests.Add(new(http));
                return next(http);
            }));
        using (await host.SendAsync("/live?q=once", static request => request.Headers.ConnectionClose = true))
        {
            await UntilAsync(() => store.WatcherCount == 1);
        }

        await UntilAsync(() => store.WatcherCount == 0);
        var request = Assert.Single(requests);
        await UntilAsync(() =>
        {
            GC.Collect();
            return !request.IsAlive;
        });
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_WhoseCostsFail_EndsWatching()
    {
        var store = new FailingTraceStore();
        await using var host = await DashboardHost.StartAsync(
            static root => root.AddCostTracking(),
            services: services => services.AddSingleton<ITraceStore>(store).AddSingleton<ICostStore>(new FailingCostStore { FailsGroups = true }).AddSingleton<TimeProvider>(new TestClock(StoppedHost.Now)));
        using var response = await host.SendAsync("/live");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await UntilAsync(() => store.WatcherCount == 1);

        await store.AppendAsync([Spans.Make(1, 1, time: StoppedHost.Now)], Token);

        Assert.Equal(": hello\n\n", await lines.ReadToEndAsync(Token));
        await UntilAsync(() => store.WatcherCount == 0);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Reader_OfAHostThatStops_IsLetGo()
    {
        await using var host = await DashboardHost.StartAsync();
        using var response = await host.SendAsync("/live");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await lines.ReadLineAsync(Token);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // A host that waits for its readers cuts them off after 30 seconds.
        Assert.Equal("\n", await lines.ReadToEndAsync(Token).WaitAsync(TimeSpan.FromSeconds(25), Token));
    }

    private static async Task<List<string?>> ReadAsync(StreamReader lines, int count)
    {
        var read = new List<string?>();
        while (read.Count < count)
        {
            read.Add(await lines.ReadLineAsync(Token));
        }

        return read;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < HangGuard.Limit, $"This did not come true within {HangGuard.Seconds} seconds.");
            await Task.Delay(20, Token);
        }
    }
}
