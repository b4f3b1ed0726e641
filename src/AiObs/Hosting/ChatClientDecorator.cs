using AiObs.Chat;
using AiObs.Observers;
using Microsoft.Extensions.AI;

namespace AiObs.Hosting;

/// <summary>Puts observation on chat clients.</summary>
internal sealed class ChatClientDecorator : ClientDecorator
{
    public override object Decorate(object client, ObserverRequest request, bool isBorrowed) =>
        ObservingChatClient.Observe((IChatClient)client, request, isBorrowed);
}
