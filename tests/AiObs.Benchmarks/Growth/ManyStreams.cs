using System.Diagnostics;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Workloads;
using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Growth;

/// <summary>Many streams that are open at once and are read in turn, one update of each.</summary>
internal static class ManyStreams
{
    private const int Updates = 20;

    /// <summary>Reads so many streams, and takes it ill when a span is missing.</summary>
    public static RunCost Read(int streams)
    {
        var source = $"g.many{streams}";
        var spans = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = listened => listened.Name == source,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => spans++,
        };
        ActivitySource.AddActivityListener(listener);
        using var observability = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));
        var messages = Conversation.Of(1);
        var readers = new IAsyncEnumerator<ChatResponseUpdate>[streams];
        var clients = Array.ConvertAll(readers, _ => new InstantChatClient(Updates).UseAgentObservability(observability));
        ReadAll(clients, messages, readers);
        spans = 0;

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        ReadAll(clients, messages, readers);
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;

        Array.ForEach(clients, static client => client.Dispose());
        return spans == streams
            ? new RunCost(elapsed.TotalNanoseconds, bytes)
            : throw new InvalidOperationException($"{streams - spans} of {streams} spans were lost.");
    }

    private static void ReadAll(IChatClient[] clients, ChatMessage[] messages, IAsyncEnumerator<ChatResponseUpdate>[] readers)
    {
        for (var i = 0; i < readers.Length; i++)
        {
            readers[i] = clients[i].GetStreamingResponseAsync(messages).GetAsyncEnumerator();
        }

#pragma warning disable CA2012 // The streams are in memory: nothing of them is ever waited for.
        for (var update = 0; update <= Updates; update++)
        {
            foreach (var reader in readers)
            {
                _ = reader.MoveNextAsync().GetAwaiter().GetResult();
            }
        }

        foreach (var reader in readers)
        {
            reader.DisposeAsync().GetAwaiter().GetResult();
        }
#pragma warning restore CA2012
    }
}
