using AiObs.Operations;
using AiObs.Tools;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed model call.</summary>
internal sealed class ChatStreamObservation(ChatRecorder recorder, ToolObserver tools) : StreamObservation
{
    private readonly StreamAccumulator _updates = new(recorder.RecordsContent);
    private ChatOperation? _operation;
    private long _moveStarted;
    private bool _wantsGaps;

    public override AgentOperation? Start(IList<ChatMessage> messages, ref ChatOptions? options)
    {
        _operation = recorder.Start(messages, options, isStreaming: true);
        if (_operation is not null)
        {
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

    public override void OnUpdate(ChatResponseUpdate update)
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

        recorder.Pipeline.Faults.Run("stream", (_updates, update), static state => state._updates.Add(state.update));
    }

    public override void Complete()
    {
        recorder.Apply(_operation!, _updates);
        recorder.Pipeline.Complete(_operation!);
    }

    public override void Abandon()
    {
        recorder.Apply(_operation!, _updates);
        recorder.Pipeline.Abandon(_operation!);
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        recorder.Apply(_operation!, _updates);
        recorder.Fail(_operation!, exception, callerCancelled);
    }
}
