using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Observes one streamed agent run.</summary>
internal sealed class AgentStreamObservation(AgentRecorder recorder) : StreamObservation
{
    private readonly List<ChatResponseUpdate>? _updates = recorder.RecordsContent ? [] : null;
    private AgentRunOperation? _operation;
    private IEnumerable<ChatMessage> _messages = [];

    public override Confirmation? Confirmation => _operation?.Confirmation;

    public override AgentOperation? Start(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        _messages = messages;
        _operation = recorder.Start(messages, options);
        return _operation;
    }

    public override void Note(ChatResponseUpdate update)
    {
        AgentRecorder.NoteConversation(_operation!, update.ConversationId);
        _updates?.Add(update);
        AgentRecorder.Hear(_operation!, update);
    }

    public override void Complete()
    {
        RecordContent();
        recorder.Pipeline.Complete(_operation!);
    }

    public override void Abandon()
    {
        RecordContent();
        recorder.Pipeline.Abandon(_operation!);
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        RecordContent();
        recorder.Fail(_operation!, exception, callerCancelled);
    }

    private void RecordContent()
    {
        recorder.RecordInput(_operation!, _messages);
        if (_updates is not null)
        {
            recorder.Apply(_operation!, _updates);
        }
    }
}
