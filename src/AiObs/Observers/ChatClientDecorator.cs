using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>Puts observation on chat clients.</summary>
internal sealed class ChatClientDecorator : ClientDecorator
{
    public override object Decorate(object client, ObserverRequest request, bool isBorrowed) =>
        ChatObserver.Observe((IChatClient)client, request, isBorrowed);
}
