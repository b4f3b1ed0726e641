using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>A chat client that somebody else disposes.</summary>
internal sealed class BorrowedChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    // Whoever made the inner one disposes it: the application, or the container itself.
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
