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

    /// <summary>Gets what records the calls, for a client further out.</summary>
    public ChatRecorder Recorder => _recorder;

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
        var caller = flow.Begin();
        try
        {
            var list = ChatRecorder.Materialize(messages);
            call = _recorder.Start(list, options, isStreaming: false);
            call.Own?.CallerFlow = caller;
            var answer = _inner.GetResponseAsync(list, options, cancellationToken);
            if (call.Operation is null)
            {
                return answer;
            }

            if (!answer.IsCompletedSuccessfully)
            {
                return AwaitAsync(call, answer, cancellationToken);
            }

            Note(call, answer.GetAwaiter().GetResult());
            return call.Own?.Delivery is null ? answer : ConfirmAsync(call, answer, cancellationToken);
        }
#pragma warning disable CA1031 // The task that is returned throws it, as it is.
        catch (Exception exception)
#pragma warning restore CA1031
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
        try
        {
            Note(call, await answer.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            await SettleAsync(call, exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return await ConfirmAsync(call, answer, cancellationToken).ConfigureAwait(false);
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

    private static async Task<ChatResponse> ConfirmAsync(ChatCall call, Task<ChatResponse> answer, CancellationToken cancellationToken)
    {
        if (call.Own is { } own)
        {
            await own.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        }

        return await answer.ConfigureAwait(false);
    }

    private async Task<ChatResponse> FailAsync(ChatCall call, Exception exception, CancellationToken cancellationToken)
    {
        var thrown = ExceptionDispatchInfo.Capture(exception);
        await SettleAsync(call, exception, cancellationToken).ConfigureAwait(false);
        thrown.Throw();
        return null!;
    }

    private async ValueTask SettleAsync(ChatCall call, Exception exception, CancellationToken cancellationToken)
    {
        if (call.Own is { } own)
        {
            _recorder.Fail(own, exception, cancellationToken.IsCancellationRequested);
            await own.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
