using AiObs.Cost;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>The path of calls through a client that opens no operation: it passes its cost tracking down to those of our clients that do.</summary>
internal sealed class CostPassage(IChatClient inner, OperationPipeline pipeline, CostPath path)
{
    private readonly StreamSource _streams = new(inner, pipeline.Faults, () => new CostStreamPassage(path.Scope));

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => pipeline.IsOn
        ? PassDownAsync(messages, options, cancellationToken)
        : inner.GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => messages is not null && pipeline.IsOn
        ? new ObservedStream(_streams, messages, options, cancellationToken)
        : inner.GetStreamingResponseAsync(messages!, options, cancellationToken);

    private async Task<ChatResponse> PassDownAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        // Lasts until this method returns.
        AgentContext.PassDown(path.Scope);
        return await inner.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }
}
