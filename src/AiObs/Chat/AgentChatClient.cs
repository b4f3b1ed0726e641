using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A chat client that is an agent: each call is one agent span around the model calls and tools inside.</summary>
internal sealed class AgentChatClient : DelegatingChatClient
{
    private readonly AgentObservability _observability;
    private readonly bool _ownsObservability;
    private readonly AgentRecorder _recorder;
    private readonly StreamSource _streams;

    internal AgentChatClient(
        IChatClient innerClient, string name, AgentOptions options, AgentObservability observability, bool ownsObservability)
        : base(innerClient)
    {
        _observability = observability;
        _ownsObservability = ownsObservability;
        _recorder = new AgentRecorder(observability.Pipeline, innerClient, name, options);
        _streams = new StreamSource(innerClient, observability.Pipeline.Faults, () => new AgentStreamObservation(_recorder));
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        messages is not null && _recorder.IsListening
            ? GetObservedResponseAsync(messages, options, cancellationToken)
            : base.GetResponseAsync(messages!, options, cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        messages is not null && _recorder.IsListening
            ? new ObservedStream(_streams, messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(messages!, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        // Function loops open their tool spans on it.
        (null, _) when serviceType == typeof(ActivitySource) => _observability.Pipeline.LoopSource,
        (null, _) when serviceType == typeof(AgentObservability) => _observability,
        _ => base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _ownsObservability)
        {
            _observability.Dispose();
        }
    }

    private async Task<ChatResponse> GetObservedResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var list = ChatRecorder.Materialize(messages);
        if (_recorder.Start(list, options) is not { } operation)
        {
            return await base.GetResponseAsync(list, options, cancellationToken).ConfigureAwait(false);
        }

        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(list, options, cancellationToken).ConfigureAwait(false);
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
