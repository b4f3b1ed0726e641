using AiObs.Cost;
using AiObs.Tools;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>The one path that observed calls of a client take, whichever decorator observes them.</summary>
internal sealed class ChatCalls
{
    private readonly IChatClient _inner;
    private readonly ChatRecorder _recorder;
    private readonly ToolObserver _tools;
    private readonly StreamSource _streams;

    public ChatCalls(IChatClient inner, AgentObservability observability, CostTracking? costs)
    {
        _inner = inner;
        _recorder = new ChatRecorder(observability.Pipeline, inner, costs);
        _tools = observability.Tools;
        _streams = new StreamSource(inner, observability.Pipeline.Faults, () => new ChatStreamObservation(_recorder, _tools));
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        messages is not null && _recorder.IsListening
            ? GetObservedResponseAsync(messages, options, cancellationToken)
            : _inner.GetResponseAsync(messages!, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        messages is not null && _recorder.IsListening
            ? new ObservedStream(_streams, messages, options, cancellationToken)
            : _inner.GetStreamingResponseAsync(messages!, options, cancellationToken);

    private async Task<ChatResponse> GetObservedResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var list = ChatRecorder.Materialize(messages);
        var call = _recorder.Start(list, options, isStreaming: false);
        if (call.Operation is not { } operation)
        {
            return await _inner.GetResponseAsync(list, options, cancellationToken).ConfigureAwait(false);
        }

        if (call.IsJoined)
        {
            var joined = await _inner.GetResponseAsync(list, options, cancellationToken).ConfigureAwait(false);
            _recorder.NoteLeaf(operation, joined);
            return joined;
        }

        ChatResponse response;
        try
        {
            response = await _inner.GetResponseAsync(list, _tools.WrapOutermost(operation, options), cancellationToken).ConfigureAwait(false);
            _recorder.Complete(operation, response);
        }
        catch (Exception exception)
        {
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        await operation.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        return response;
    }
}
