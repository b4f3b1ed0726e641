using System.Text.Json;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Export;

public sealed class OtlpJsonExportTests
{
    [Theory]
    [InlineData(1900, "0", "0")]
    [InlineData(2000, "946684800000000000", "946684800010000000")]
    [InlineData(2300, "10413792000000000000", "10413792000010000000")]
    [InlineData(3000, "18446744073709551615", "18446744073709551615")]
    public async Task Times_OfAnyYear_AreCountsWithoutASign(int year, string start, string end)
    {
        // No age is too old, as the sweep of the start would drop the trace.
        await using var host = await DashboardHost.StartAsync(static root => root.AddTraces(static traces => traces.Retention = new TraceRetention()));
        await host.Traces.AppendAsync([Spans.Make(1, 1, time: new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero))], TestContext.Current.CancellationToken);

        using var file = JsonDocument.Parse(await host.GetAsync($"/export/{Spans.TraceId(1)}.json"));

        var span = file.RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Equal((start, end), (span.GetProperty("startTimeUnixNano").GetString(), span.GetProperty("endTimeUnixNano").GetString()));
    }
}
