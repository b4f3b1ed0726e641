using AiObs.Benchmarks.Workloads;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Traces;

/// <summary>Whether a process that keeps traces in memory grows, however many calls it makes; exits with 1 when it does, or the store keeps more than it may.</summary>
internal static class TraceMemory
{
    private const int Calls = 1_000_000;
    private const int Slices = 10;

    // By then the store is full; from then on nothing may grow but what the collector leaves for later.
    private const int FullAfter = 2;
    private const double MostGrowth = 4.0;

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        await using var root = AgentObservability.Create(static builder => builder
            .Configure(static options =>
            {
                options.SourceName = Listening.NewSourceName();
                options.CaptureContent = ContentCapture.Spans;
            })
            .AddTraces(static options => options.QueueCapacity = 100_000));
        var store = (InMemoryTraceStore)root.Traces!;
        var limits = new TraceOptions();
        using var client = new InstantChatClient().UseAgentObservability(root);
        List<ChatMessage> messages = [.. Workloads.Conversation.Of(10)];
        var heaps = new double[Slices];
        for (var slice = 0; slice < Slices; slice++)
        {
            for (var call = 0; call < Calls / Slices; call++)
            {
                await client.GetResponseAsync(messages);
                if (call % 1_000 == 0)
                {
                    // So that none is dropped before it comes to the store.
                    await root.FlushTracesAsync();
                }
            }

            await root.FlushTracesAsync();
            heaps[slice] = GC.GetTotalMemory(forceFullCollection: true) / 1_048_576.0;
            await output.WriteLineAsync($"{(slice + 1) * (Calls / Slices),9:N0} calls, traces kept in memory: heap {heaps[slice]:F1} MiB, {store.DroppedSpanCount:N0} spans dropped to make room");
        }

        var kept = (await store.ListSpansAsync(new() { PageSize = SpanQuery.MaxPageSize })).Spans.Count;
        var growth = heaps[^1] - heaps[FullAfter - 1];
        var holds = growth <= MostGrowth && kept == limits.MaxTraces && store.DroppedSpanCount == Calls - kept;
        await output.WriteLineAsync($"kept {kept:N0} spans of {Calls:N0}; the heap grew by {growth:F1} MiB since {FullAfter * (Calls / Slices):N0} calls, at most {MostGrowth:F1}: {(holds ? "holds" : "DOES NOT HOLD")}");
        return holds ? 0 : 1;
    }
}
