using System.Diagnostics;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Benchmarks.Traces;

/// <summary>The queries of a store, and what each takes.</summary>
internal static class TraceReads
{
    private const int Reads = 11;
    private const int ReadsOfLarge = 5;

    /// <summary>Measures each query, in milliseconds: the median of several, each of another trace where it is about one.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(ITraceStore store, int size)
    {
        Dictionary<string, double> times = [];
        foreach (var (name, read) in All(store, TraceSpans.Start + TraceSpans.Length - TimeSpan.FromDays(1)))
        {
            times[name] = await MedianAsync(read, size, size > TraceRun.Large ? ReadsOfLarge : Reads);
        }

        return times;
    }

    private static IEnumerable<(string Name, Func<int, ValueTask> Read)> All(ITraceStore store, DateTimeOffset lastDay)
    {
        yield return ("first page of traces", _ => ListAsync(new()));
        yield return ("page, by model", _ => ListAsync(new() { Model = "tiny" }));
        yield return ("page, by user", number => ListAsync(new() { UserId = TraceSpans.UserOf(number) }));
        yield return ("page, by a rare error", _ => ListAsync(new() { ErrorType = "content_filter" }));
        yield return ("page, by model and a rare error", _ => ListAsync(new() { Model = "tiny", ErrorType = "content_filter" }));
        yield return ("page, failed", _ => ListAsync(new() { Status = TraceStatus.Error }));
        yield return ("page, slowest of the last day", _ => ListAsync(new() { Order = TraceOrder.Slowest, After = lastDay }));
        yield return ("page, slowest of all", _ => ListAsync(new() { Order = TraceOrder.Slowest }));
        yield return ("page, text that is nowhere, last day", _ => ListAsync(new() { Text = "nowhere", After = lastDay }));
        yield return ("one trace", async number => await store.FindAsync(TraceSpans.TraceOf(number)));
        yield return ("spans of a trace", async number => await store.ListSpansAsync(new() { TraceId = TraceSpans.TraceOf(number), Detail = SpanDetail.Outline }));
        yield return ("spans of a conversation, with content", async number => await store.ListSpansAsync(
            new() { ConversationId = TraceSpans.ConversationOf(number), Detail = SpanDetail.Content }));
        yield return ("content of a span", async number => await store.FindContentAsync(TraceSpans.TraceOf(number), (number + 1L).ToString("x16", null)));
        yield return ("first page of conversations", async _ => await store.ListTracedConversationsAsync(new()));
        yield return ("models, counted over all", async _ => await store.CountFacetAsync(new(), TraceFacet.Model));
        yield return ("errors, counted over the last day", async _ => await store.CountFacetAsync(new() { After = lastDay }, TraceFacet.ErrorType));
        yield return ("percentiles of 30 days by model", async _ => await store.SummarizeAsync(
            new() { After = TraceSpans.Start, Kind = OperationKind.Chat, By = LatencyGrouping.Model }));

        async ValueTask ListAsync(TraceQuery query) => await store.ListAsync(query);
    }

    private static async Task<double> MedianAsync(Func<int, ValueTask> read, int size, int reads)
    {
        await read(size / 2);
        var times = new double[reads];
        for (var i = 0; i < reads; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await read((int)((long)size * i / reads));
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[reads / 2];
    }
}
