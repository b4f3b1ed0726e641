using AiObs.Cost;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>The path of calls through a client that opens no operation: it passes its cost tracking down to those of our clients that do.</summary>
internal sealed class CostPassage
{
    private readonly IChatClient _inner;
    private readonly OperationPipeline _pipeline;
    private readonly CostTracking _own;
    private readonly CostTracking? _replaced;
    private readonly CostScope _scope;
    private readonly Func<StreamObservation> _observeStream;

    public CostPassage(IChatClient inner, OperationPipeline pipeline, CostTracking own, CostTracking? replaced)
    {
        _inner = inner;
        _pipeline = pipeline;
        _own = own;
        _replaced = replaced;
        _scope = new CostScope(own, replaced);
        _observeStream = () => new CostStreamPassage(Scope());
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => _pipeline.IsOn
        ? PassDownAsync(messages, options, cancellationToken)
        : _inner.GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => messages is not null && _pipeline.IsOn
        ? new ObservedStream(_inner, _observeStream, messages, options, cancellationToken)
        : _inner.GetStreamingResponseAsync(messages!, options, cancellationToken);

    private async Task<ChatResponse> PassDownAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        // Lasts until this method returns.
        AgentContext.PassDown(Scope());
        return await _inner.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what is passed down: what a client further out passed to this one, if it did, else this one's own.</summary>
    private CostScope Scope() => CostScope.Choose(_own) is { } chosen && !ReferenceEquals(chosen, _own) ? new(chosen, _replaced) : _scope;
}
