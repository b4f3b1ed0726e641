using AiObs.Store.Tests.Sql.Traces;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>The operations of trace stores that write, each of which a test lets fail at every step.</summary>
internal static class TraceStep
{
    private static readonly SpanRecord[] Appended =
        [.. Traces(4, 6), SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(9), IsRoot = false, Time = SpanSamples.Start }, SpanSamples.FullCall(1)];

    private static readonly Dictionary<string, (Func<ITraceStore, CancellationToken, Task> Run, SpanRecord[] After)> Operations = new()
    {
        ["append"] = (static async (store, stop) => await store.AppendAsync(Appended, stop), [.. Before, .. Appended]),
        ["erase"] = (static async (store, stop) => await store.EraseContentAsync(TraceQuery.All, stop), [.. Before.Select(static span => span with { Content = null })]),
        ["retain"] = (static async (store, stop) => await store.ApplyRetentionAsync(new(MaxSpans: 2), stop), [.. Before.TakeLast(2)]),
        ["list"] = (static async (store, stop) => await store.ListTracedConversationsAsync(TraceQuery.All, stop), Before),
    };

    public static IEnumerable<string> Names => Operations.Keys;

    /// <summary>Gets the spans that a store has before.</summary>
    public static SpanRecord[] Before => [.. Traces(1, 3)];

    public static Task RunAsync(string operation, ITraceStore store, CancellationToken stop) => Operations[operation].Run(store, stop);

    /// <summary>Asserts that an operation that failed said so as it should, that nothing of it was done or all, and that it can be done again.</summary>
    public static async Task AssertWellAsync(string operation, Exception? failure, ITraceStore store, CancellationToken stop)
    {
        if (failure is not null)
        {
            Assert.IsType<StoreException>(failure);
            Assert.Contains(". ", failure.Message, StringComparison.Ordinal);
        }

        var after = Operations[operation].After;

        // Durations outlive spans that are dropped.
        var measured = operation == "retain" ? Before : null;
        if (failure is null || await IsDoneAsync(operation, store, stop))
        {
            await TraceReading.AssertHasAsync(store, after, stop, measured);
        }
        else
        {
            await TraceReading.AssertHasAsync(store, Before, stop);
        }

        await RunAsync(operation, store, stop);
        await TraceReading.AssertHasAsync(store, after, stop, measured);
    }

    private static async Task<bool> IsDoneAsync(string operation, ITraceStore store, CancellationToken stop) => operation switch
    {
        "append" => await store.FindAsync(SpanSamples.TraceId(4), stop) is not null,
        "erase" => await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), stop) is null,
        "retain" => await store.FindAsync(SpanSamples.TraceId(1), stop) is null,
        _ => true,
    };

    private static IEnumerable<SpanRecord> Traces(int first, int last) => Enumerable.Range(first, last - first + 1)
        .SelectMany(static trace => new[] { SpanSamples.FullCall(trace) with { SpanId = SpanSamples.SpanId(2), IsRoot = false }, SpanSamples.FullCall(trace) });
}
