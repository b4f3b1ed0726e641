using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Sends a summary in the place of the messages that it is given, as a reducer does.</summary>
public sealed class RewritingChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync([new(ChatRole.User, "A summary.")], options, cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync([new(ChatRole.User, "A summary.")], options, cancellationToken);
}
