using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>What the dashboard takes: what a browser loads, what a window and a live list take of the server, and what calls take beside it; exits with 1 when a ceiling does not hold.</summary>
internal static class DashboardRun
{
    private const int Large = 10_000;
    private const int WindowSize = 200;

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        var ceilings = new Ceilings(output);
        await FirstLoad.MeasureAsync(ceilings);
        await MeasureWindowAsync(ceilings);
        await MeasureCallsAsync(ceilings);
        await LiveReaders.MeasureAsync(ceilings);
        await output.WriteLineAsync(ceilings.Hold ? "all ceilings hold" : "not all ceilings hold");
        return ceilings.Hold ? 0 : 1;
    }

    private static async Task MeasureWindowAsync(Ceilings ceilings)
    {
        using var server = new InProcessServer();
        await using var app = await DashboardApp.StartAsync(server);
        var spans = DashboardSpans.Make(trace: 1, Large);
        await app.Traces.AppendAsync(spans);
        using var comparison = new Comparison(
            "window of 200 rows of 10,000",
            new(new WindowRequest(server, $"{DashboardApp.Prefix}/traces/{spans[0].TraceId}/rows?from={WindowSize}"), new Nothing()),
            new(new SpansAsJson(spans[WindowSize..(2 * WindowSize)]), new Nothing()),
            MaxRatio: 3,
            MaxBytes: null);
        Check(ceilings, "window of 200 rows of 10,000 spans, against the same spans as JSON", comparison);
    }

    private static async Task MeasureCallsAsync(Ceilings ceilings)
    {
        await using var with = await DashboardApp.StartAsync();
        await using var without = await DashboardApp.StartAsync(hasDashboard: false);
        using var comparison = new Comparison(
            "chat with a dashboard that nobody looks at",
            new(PlainCall.Of(with.Observability, with.SourceName), new Nothing()),
            new(PlainCall.Of(without.Observability, without.SourceName), new Nothing()),
            MaxRatio: 1.1,
            MaxBytes: null);
        Check(ceilings, "chat with a dashboard that nobody looks at, against one without, both kept", comparison);
    }

    private static void Check(Ceilings ceilings, string name, Comparison comparison) =>
        ceilings.Check(name, Measurement.Of(comparison).Ratio, comparison.MaxRatio!.Value, "x");
}
