using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed model call.</summary>
internal sealed class ChatStreamObservation(ChatRecorder recorder) : StreamObservation
{
    private ChatOperation? _prepared;
    private ChatOperation? _operation;
    private CallTicket? _ticket;
    private StreamAccumulator _updates = null!;
    private int _chunks;
    private bool _measuresNext;
    private bool _wantsUpdates;

    public override Confirmation? Confirmation => _operation?.Confirmation;

    public override ValueTask AdmitAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        _prepared = recorder.Prepare(messages, options, isStreaming: true);
        return _prepared is null ? default : recorder.AdmitAsync(_prepared, messages, options, cancellationToken);
    }

    public override AgentOperation? Start(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _operation = _prepared is null ? null : recorder.Open(_prepared);
        if (_operation is null)
        {
            return null;
        }

        _ticket = _operation.Ticket;
        _updates = new StreamAccumulator(recorder.RecordsContent && !_operation.IsMuted, keepsCalls: RequestedCalls.AreWanted(_operation), recorder.Usages);
        _measuresNext = true;
        if (!_operation.IsMuted)
        {
            Timer = recorder.Pipeline.Audience.TimeChunks(_operation);
            _wantsUpdates = recorder.Pipeline.Audience.WantsUpdates;
        }

        return _operation;
    }

    public override IAsyncEnumerable<ChatResponseUpdate> Guard(IAsyncEnumerable<ChatResponseUpdate> stream) =>
        recorder.Pipeline.Gates.Limits(_ticket)
            ? new LimitedStream(stream, _operation!, _ticket!, recorder.Pipeline.Clock, recorder.Pipeline.Faults)
            : stream;

    public override void Wait() => _operation!.NoteWaiting();

    public override void Note(ChatResponseUpdate update)
    {
        _chunks++;
        if (_measuresNext)
        {
            Measure(_operation!, update);
        }

        if (_ticket is null)
        {
            _updates.Add(update);
        }
        else
        {
            ShowAndAdd(_ticket, update);
        }
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

    /// <summary>Shows the gates an update. What one of them throws keeps nothing from the span.</summary>
    private void ShowAndAdd(CallTicket ticket, ChatResponseUpdate update)
    {
        try
        {
            ticket.Take(update);
        }
        finally
        {
            _updates.Add(update);
        }
    }

    private void Measure(ChatOperation operation, ChatResponseUpdate update)
    {
        if (_chunks == 1)
        {
            operation.NoteSent();
            _measuresNext = Timer is not null || _wantsUpdates;
            operation.TimeToFirstChunk = recorder.Pipeline.Clock.GetElapsedTime(operation.StartTimestamp);
        }
        else if (Timer is { } timer)
        {
            recorder.Pipeline.Faults.Run("metrics", (timer, _updates.ModelId), static state => state.timer.Record(state.ModelId));
        }

        if (_wantsUpdates)
        {
            operation.ChunkCount = _chunks;
            operation.ChunkType = ChunkTypes.Of(update);
            recorder.Pipeline.Audience.Updated(operation, recorder.Pipeline.Clock.GetElapsedTime(operation.StartTimestamp));
        }
    }
}
