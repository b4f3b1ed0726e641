using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>A stream that is observed as the consumer reads it: updates pass through as they come, one at a time, none held back.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Messages">The messages of the request.</param>
/// <param name="Options">The options of the request.</param>
/// <param name="CancellationToken">The token of the request.</param>
/// <remarks>The operation starts with the first read, as the request itself does, so an enumerable that nobody reads leaves no span.</remarks>
internal sealed record ObservedStream(
    StreamSource Source,
    IEnumerable<ChatMessage> Messages,
    ChatOptions? Options,
    CancellationToken CancellationToken) : IAsyncEnumerable<ChatResponseUpdate>
{
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new ObservedStreamEnumerator(this, cancellationToken);
}
