using System.Diagnostics;
using AiObs.Chat;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>A chat client whose calls are priced and held to their budgets.</summary>
/// <remarks>
/// Where the calls are observed further in, those observations are priced, so that a function loop between leaves a record for each of
/// its rounds; where they are not, this client observes them itself.
/// </remarks>
public sealed class CostTrackingChatClient : DelegatingChatClient
{
    private readonly AgentObservability _observability;
    private readonly CostTracking _costs;
    private readonly IDisposable? _owned;
    private readonly ChatCalls? _calls;
    private readonly CostPassage? _passage;

    internal CostTrackingChatClient(IChatClient innerClient, CostClientParts parts)
        : base(innerClient)
    {
        _observability = parts.Observability;
        _costs = parts.Costs;
        _owned = parts.Owned;
        if (ChatRecorder.FindObserver(innerClient) is null)
        {
            _calls = new ChatCalls(innerClient, _observability, _costs);
        }
        else
        {
            _passage = new CostPassage(
                innerClient, _observability.Pipeline, new CostPath(_costs, innerClient.GetService<CostTracking>()));
        }
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _calls?.GetResponseAsync(messages, options, cancellationToken)
        ?? _passage!.GetResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _calls?.GetStreamingResponseAsync(messages, options, cancellationToken)
        ?? _passage!.GetStreamingResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        (null, _) when serviceType == typeof(CostTracking) => _costs,
        (null, _) when serviceType == typeof(AgentObservability) => _calls is null ? base.GetService(serviceType) ?? _observability : _observability,
        (null, _) when serviceType == typeof(ChatRecorder) && _calls is not null => _calls.Recorder,

        // Function loops open their tool spans on it.
        (null, _) when serviceType == typeof(ActivitySource) && _calls is not null => _observability.Pipeline.LoopSource,
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
}
