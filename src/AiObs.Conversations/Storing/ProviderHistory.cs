using Microsoft.Extensions.Logging;

namespace AiObs.Conversations.Storing;

/// <summary>Warns once of a provider that keeps a history of its own.</summary>
internal sealed class ProviderHistory(ILogger logger)
{
    private int _isSaid;

    public void Note(string? providerConversationId)
    {
        if (providerConversationId is not null && Interlocked.Exchange(ref _isSaid, 1) == 0)
        {
            logger.ProviderKeepsHistory(providerConversationId);
        }
    }
}
