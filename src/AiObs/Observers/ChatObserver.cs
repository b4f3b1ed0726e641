using AiObs.Chat;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>Puts observation on chat clients.</summary>
internal static class ChatObserver
{
    /// <summary>Puts observation on a client, as one line of a pipeline asks for it.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">What the line asks for.</param>
    /// <param name="isBorrowed">Whether somebody else disposes the client.</param>
    /// <returns>The observed client; the very same one where it is observed already and nothing is to be added.</returns>
    /// <exception cref="InvalidOperationException">The line would have no effect where it stands.</exception>
    public static IChatClient Observe(IChatClient client, ObserverRequest request, bool isBorrowed = false)
    {
        var inside = ObservingChatClient.FindIn(client);
        var neighbour = client as ObservingChatClient;
        var site = new ObserverSite(
            (neighbour?.Inner ?? client).GetType().Name,
            IsObserver: neighbour is not null && ReferenceEquals(neighbour, inside),
            IsCached: ClientServices.Ask(client, static client => client.GetService<CachingChatClient>()) is not null,
            ClientServices.Ask(client, static client => client.GetService<AgentObservability>()));
        if (ObserverRules.Decide(request, inside?.Parts as ObserverParts, site) is not { } parts)
        {
            return isBorrowed ? new BorrowedChatClient(client) : client;
        }

        var joins = site.IsObserver && parts.Requests.Count > 1;
        return new ObservingChatClient(joins ? neighbour!.Inner : client, parts.Observability.Pipeline, parts, isBorrowed ? null : client);
    }
}
