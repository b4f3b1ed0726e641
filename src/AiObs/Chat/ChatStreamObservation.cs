using AiObs.Events;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed model call.</summary>
internal sealed class ChatStreamObservation(ChatRecorder recorder) : StreamObservation
{
    private ChatOperation? _operation;
    private StreamAccumulator _updates = null!;
    private int _chunks;
    private bool _measuresNext;
    private bool _wantsEvents;

    public override DeliveryReceipt? Delivery => _operation?.Delivery;

    public override AgentOperation? Start(IList<ChatMessage> messages, ChatOptions? options)
    {
        _operation = recorder.Start(messages, options, isStreaming: true);
        if (_operation is null)
        {
            return null;
        }

        _updates = new StreamAccumulator(recorder.RecordsContent, keepsCalls: _operation.FindAgentRun() is not null, measures: _operation.Costs is not null);
        _measuresNext = true;
        Timer = recorder.Pipeline.TimeChunks(_operation);
        _wantsEvents = recorder.Pipeline.WantsChunkEvents;
        return _operation;
    }

    public override IAsyncEnumerable<ChatResponseUpdate> Guard(IAsyncEnumerable<ChatResponseUpdate> stream) =>
        _operation?.Costs?.Tracking.Guard(_operation, stream) ?? stream;

    public override void Note(ChatResponseUpdate update)
    {
        _chunks++;
        if (_measuresNext)
        {
            Measure(_operation!);
        }

        _updates.Add(update);
    }

    public override void Complete()
    {
        Apply(isWhole: true);
        recorder.Pipeline.Complete(_operation!);
    }

    public override void Abandon()
    {
        Apply(isWhole: false);
        recorder.Pipeline.Abandon(_operation!);
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        Apply(isWhole: false);
        recorder.Fail(_operation!, exception, callerCancelled);
    }

    private void Apply(bool isWhole)
    {
        _operation!.ChunkCount = _chunks;
        recorder.Apply(_operation, _updates, isWhole);
    }

    private void Measure(ChatOperation operation)
    {
        if (_chunks == 1)
        {
            _measuresNext = Timer is not null || _wantsEvents;
            operation.TimeToFirstChunk = recorder.Pipeline.Clock.GetElapsedTime(operation.StartTimestamp);
        }
        else if (Timer is { } timer)
        {
            recorder.Pipeline.Faults.Record(timer);
        }

        if (_wantsEvents)
        {
            operation.ChunkCount = _chunks;
            recorder.Pipeline.RaiseChunk(operation, recorder.Pipeline.Clock.GetElapsedTime(operation.StartTimestamp));
        }
    }
}
