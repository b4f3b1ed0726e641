using AiObs.Events.Delivery;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed model call.</summary>
internal sealed class ChatStreamObservation(ChatRecorder recorder) : StreamObservation
{
    private ChatOperation? _operation;
    private StreamAccumulator _updates = null!;
    private int _chunks;
    private bool _isJoined;
    private bool _measuresNext;
    private bool _wantsEvents;

    public override DeliveryReceipt? Delivery => _isJoined ? null : _operation?.Delivery;

    public override StreamStart Start(IList<ChatMessage> messages, ChatOptions? options)
    {
        var call = recorder.Start(messages, options, isStreaming: true);
        _operation = call.Operation;
        _isJoined = call.IsJoined;
        if (_operation is null || (_isJoined && !recorder.IsLeaf))
        {
            return StreamStart.Unobserved;
        }

        if (_isJoined)
        {
            _updates = new StreamAccumulator(keepsContent: false, keepsCalls: false, measures: _operation.Costs is not null);
            return new StreamStart(IsObserved: true, Operation: null, Costs: null);
        }

        _updates = new StreamAccumulator(recorder.RecordsContent, keepsCalls: _operation.FindAgentRun() is not null, measures: _operation.Costs is not null);
        _measuresNext = true;
        Timer = recorder.Pipeline.TimeChunks(_operation);
        _wantsEvents = recorder.Pipeline.WantsChunkEvents;
        return StreamStart.In(_operation);
    }

    /// <inheritdoc/>
    /// <remarks>Next to the model: further out, a function loop may join rounds into one stream that have reserves of their own.</remarks>
    public override IAsyncEnumerable<ChatResponseUpdate> Guard(IAsyncEnumerable<ChatResponseUpdate> stream) =>
        recorder.IsLeaf ? _operation?.Costs?.Tracking.Guard(_operation, stream) ?? stream : stream;

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
        if (Apply(isWhole: true))
        {
            recorder.Pipeline.Complete(_operation!);
        }
    }

    public override void Abandon()
    {
        if (Apply(isWhole: false))
        {
            recorder.Pipeline.Abandon(_operation!);
        }
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        if (Apply(isWhole: false))
        {
            recorder.Fail(_operation!, exception, callerCancelled);
        }
    }

    /// <summary>Puts what was delivered on the operation, and tells whether the operation is ours to end.</summary>
    private bool Apply(bool isWhole)
    {
        if (_isJoined)
        {
            recorder.NoteLeaf(_operation!, _updates);
            return false;
        }

        _operation!.ChunkCount = _chunks;
        recorder.Apply(_operation, _updates, isWhole);
        return true;
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
