using AiObs.Operations;
using AiObs.Tools;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed model call.</summary>
internal sealed class ChatStreamObservation(ChatRecorder recorder, ToolObserver tools) : StreamObservation
{
    private readonly Faults _faults = recorder.Pipeline.Faults;
    private ChatOperation? _operation;
    private StreamAccumulator _updates = null!;
    private long _moveStarted;
    private bool _wantsGaps;

    public override AgentOperation? Start(IList<ChatMessage> messages, ref ChatOptions? options)
    {
        _operation = recorder.Start(messages, options, isStreaming: true);
        if (_operation is not null)
        {
            _updates = new StreamAccumulator(recorder.RecordsContent, keepsCalls: _operation.FindAgentRun() is not null);
            options = tools.WrapOutermost(_operation, options);
            _wantsGaps = recorder.Pipeline.WantsChunks;
        }

        return _operation;
    }

    public override void BeforeMove()
    {
        if (_wantsGaps)
        {
            _moveStarted = recorder.Pipeline.Clock.GetTimestamp();
        }
    }

    public override void OnUpdate(ChatResponseUpdate update) =>
        _faults.Run("stream", (Observation: this, update), static state => state.Observation.Note(state.update));

    public override void Complete()
    {
        recorder.Apply(_operation!, _updates, isWhole: true);
        recorder.Pipeline.Complete(_operation!);
    }

    public override void Abandon()
    {
        recorder.Apply(_operation!, _updates, isWhole: false);
        recorder.Pipeline.Abandon(_operation!);
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        recorder.Apply(_operation!, _updates, isWhole: false);
        recorder.Fail(_operation!, exception, callerCancelled);
    }

    private void Note(ChatResponseUpdate update)
    {
        var operation = _operation!;
        if (operation.ChunkCount++ == 0)
        {
            operation.TimeToFirstChunk = recorder.Pipeline.Clock.GetElapsedTime(operation.StartTimestamp);
        }
        else if (_wantsGaps)
        {
            recorder.Pipeline.RecordChunk(operation, recorder.Pipeline.Clock.GetElapsedTime(_moveStarted));
        }

        _updates.Add(update);
    }
}
