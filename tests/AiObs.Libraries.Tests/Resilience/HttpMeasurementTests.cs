using System.Diagnostics.Metrics;
using FakeModelServer;

namespace AiObs.Libraries.Tests.Resilience;

/// <summary>The measurements that .NET makes of HTTP requests, of which attempts are counted.</summary>
public sealed class HttpMeasurementTests : LibraryTest
{
    [Fact]
    public async Task Root_NothingIsObserved_LeavesThemOff()
    {
        var duration = await DurationAsync();
        Assert.False(duration.Enabled);

        using var root = AgentObservability.Create();

        Assert.False(duration.Enabled);
    }

    /// <summary>Returns the instrument of the process, which is there once a request was made.</summary>
    private static async Task<Instrument> DurationAsync()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        using var client = new HttpClient();
        using var response = await client.GetAsync(server.BaseAddress, Token);

        List<Instrument> published = [];
        using var finder = new MeterListener { InstrumentPublished = (instrument, _) => published.Add(instrument) };
        finder.Start();
        return published.Single(instrument => instrument is { Name: "http.client.request.duration", Meter.Name: "System.Net.Http" });
    }
}
