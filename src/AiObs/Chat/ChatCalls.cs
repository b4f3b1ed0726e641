using System.Runtime.ExceptionServices;
using AiObs.Cost;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>The one path that observed calls of a client take, whichever decorator observes them.</summary>
internal sealed class ChatCalls
{
    private readonly IChatClient _inner;
    private readonly ChatRecorder _recorder;
    private readonly StreamSource _streams;

    public ChatCalls(IChatClient inner, AgentObservability observability, CostTracking? costs)
    {
        _inner = inner;
        _recorder = new ChatRecorder(observability, inner, costs);
        _streams = new StreamSource(inner, observability.Pipeline.Faults, () => new ChatStreamObservation(_recorder));
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        messages is not null && _recorder.IsListening
            ? Observe(messages, options, cancellationToken)
            : _inner.GetResponseAsync(messages!, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        messages is not null && _recorder.IsListening
            ? new ObservedStream(_streams, messages, options, cancellationToken)
            : _inner.GetStreamingResponseAsync(messages!, options, cancellationToken);

    /// <summary>Makes a call and observes it. An answer that is there already, as from a cache, is handed on as it is.</summary>
    private Task<ChatResponse> Observe(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var call = default(ChatCall);
        var flow = default(CallFlow);
        var caller = flow.Enter();
        try
        {
            var list = ChatRecorder.Materialize(messages);
            call = _recorder.Start(list, options, isStreaming: false);
            call.Own?.CallerFlow = caller;
            var answer = _inner.GetResponseAsync(list, call.Own is { } own ? _recorder.Tools.WrapOutermost(own, options) : options, cancellationToken);
            if (call.Operation is null)
            {
                return answer;
            }

            if (!answer.IsCompletedSuccessfully)
            {
                return AwaitAsync(call, answer, cancellationToken);
            }

            Note(call, answer.Result);
            return call.Own?.Delivery is null ? answer : ConfirmAsync(call, answer.Result, cancellationToken);
        }
        catch (Exception exception)
        {
            return FailAsync(call, exception, cancellationToken);
        }
        finally
        {
            flow.Leave(caller);
        }
    }

    private async Task<ChatResponse> AwaitAsync(ChatCall call, Task<ChatResponse> answer, CancellationToken cancellationToken)
    {
        ChatResponse response;
        try
        {
            response = await answer.ConfigureAwait(false);
            Note(call, response);
        }
        catch (Exception exception)
        {
            return await FailAsync(call, exception, cancellationToken).ConfigureAwait(false);
        }

        return await ConfirmAsync(call, response, cancellationToken).ConfigureAwait(false);
    }

    private void Note(ChatCall call, ChatResponse response)
    {
        if (call.IsJoined)
        {
            _recorder.NoteLeaf(call.Operation!, response);
        }
        else
        {
            _recorder.Complete(call.Operation!, response);
        }
    }

    private static async Task<ChatResponse> ConfirmAsync(ChatCall call, ChatResponse response, CancellationToken cancellationToken)
    {
        if (call.Own is { } own)
        {
            await own.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private async Task<ChatResponse> FailAsync(ChatCall call, Exception exception, CancellationToken cancellationToken)
    {
        var thrown = ExceptionDispatchInfo.Capture(exception);
        if (call.Own is { } own)
        {
            _recorder.Fail(own, exception, cancellationToken.IsCancellationRequested);
            await own.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
        }

        thrown.Throw();
        return null!;
    }
}
