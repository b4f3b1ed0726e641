using System.Diagnostics;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A chat client that is an agent: each call is one agent span around the model calls and tools inside.</summary>
internal sealed class AgentChatClient : DelegatingChatClient
{
    private readonly OperationPipeline _pipeline;
    private readonly IDisposable? _owned;
    private readonly AgentRecorder _recorder;
    private readonly StreamSource _streams;

    /// <summary>Initializes a new instance of the <see cref="AgentChatClient"/> class.</summary>
    /// <param name="innerClient">The client inside of the agent.</param>
    /// <param name="name">The agent's name.</param>
    /// <param name="options">What else is said of the agent.</param>
    /// <param name="pipeline">What carries the operations.</param>
    /// <param name="owned">What it disposes beside the inner client; <see langword="null"/> where that is nothing.</param>
    public AgentChatClient(IChatClient innerClient, string name, AgentOptions options, OperationPipeline pipeline, IDisposable? owned)
        : base(innerClient)
    {
        _pipeline = pipeline;
        _owned = owned;
        _recorder = new AgentRecorder(pipeline, innerClient, name, options);
        _streams = new StreamSource(innerClient, pipeline.Faults, () => new AgentStreamObservation(_recorder));
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
        (null, _) when serviceType == typeof(ActivitySource) => _pipeline.LoopSource,
        (null, _) when serviceType == _pipeline.Root?.GetType() => _pipeline.Root,
        _ => base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _owned?.Dispose();
        }
    }

    private async Task<ChatResponse> GetObservedResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        messages = RequestSequence<ChatMessage>.Of(messages);
        if (_recorder.Start(messages, options) is not { } operation)
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }

        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken).OfClient(InnerClient).ConfigureAwait(false);
            _recorder.RecordInput(operation, messages);
            _recorder.Complete(operation, response);
        }
        catch (Exception exception)
        {
            _recorder.RecordInput(operation, messages);
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        await operation.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        return response;
    }
}
