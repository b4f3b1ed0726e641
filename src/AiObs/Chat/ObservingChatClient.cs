using System.Diagnostics;
using AiObs.Cost;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A chat client that is observed: each call is one model span, with metrics and log records.</summary>
/// <remarks>With nothing listening it hands out the inner client's task or stream as it is.</remarks>
public sealed class ObservingChatClient : DelegatingChatClient
{
    private readonly AgentObservability _observability;
    private readonly bool _ownsObservability;
    private readonly CostTracking? _costs;
    private readonly ChatCalls _calls;

    internal ObservingChatClient(IChatClient innerClient, AgentObservability observability, bool ownsObservability)
        : base(innerClient)
    {
        _observability = observability;
        _ownsObservability = ownsObservability;
        _costs = observability.Pipeline.Faults.Get("metadata", innerClient, static inner => inner.GetService<CostTracking>());
        _calls = new ChatCalls(innerClient, observability, _costs);
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _calls.GetResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _calls.GetStreamingResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        // Function loops open their tool spans on it.
        (null, _) when serviceType == typeof(ActivitySource) => _observability.Pipeline.LoopSource,
        (null, _) when serviceType == typeof(AgentObservability) => _observability,
        (null, _) when serviceType == typeof(ChatRecorder) => _calls.Recorder,
        (null, _) when serviceType == typeof(CostTracking) => _costs ?? _observability.Costs,
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
}
