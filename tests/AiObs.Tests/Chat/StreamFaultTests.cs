using System.Diagnostics.Metrics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamFaultTests
{
    private const string TimePerChunk = "gen_ai.client.operation.time_per_output_chunk";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_UpdateThatCannotBeRead_PassesAndIsCountedAsAFault(bool isWaitedFor)
    {
        using var root = new ObservedRoot();
        ChatResponseUpdate?[] updates = [new(ChatRole.Assistant, "a"), null, new(ChatRole.Assistant, "b") { ResponseId = "r1" }];
        using var stub = Streaming(isWaitedFor, updates!);

        var read = await ReadAsync(stub, root);

        Assert.Equal(updates, read);
        Assert.Equal("stream", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        Assert.Equal("r1", root.Spans.Only().GetTagItem("gen_ai.response.id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_ListenerOfItsChunksThrows_IsRecordedWithoutLoss(bool isWaitedFor)
    {
        using var root = new ObservedRoot();
        using var listener = Throwing(root.Source);
        using var stub = Streaming(isWaitedFor, new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b") { ResponseId = "r1" });

        var read = await ReadAsync(stub, root);

        Assert.Equal(2, read.Count);
        Assert.Equal("metrics", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        Assert.Equal("r1", root.Spans.Only().GetTagItem("gen_ai.response.id"));
    }

    private static StubChatClient Streaming(bool isWaitedFor, params ChatResponseUpdate[] updates) => new()
    {
        OnStream = _ => new StubUpdates(updates) { OnMoveNext = async (_, _) => await (isWaitedFor ? YieldAsync() : Task.CompletedTask) },
    };

    private static async Task YieldAsync() => await Task.Yield();

    private static MeterListener Throwing(string meterName)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meterName && instrument.Name == TimePerChunk)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("canary"));
        listener.Start();
        return listener;
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(StubChatClient stub, ObservedRoot root)
    {
        using var client = stub.UseAgentObservability(root.Root);
        List<ChatResponseUpdate> read = [];
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            read.Add(update);
        }

        return read;
    }
}
