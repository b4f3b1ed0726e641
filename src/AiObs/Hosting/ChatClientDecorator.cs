using AiObs.Chat;
using Microsoft.Extensions.AI;

namespace AiObs.Hosting;

/// <summary>Puts observation on chat clients.</summary>
internal sealed class ChatClientDecorator : ClientDecorator
{
    public override object Decorate(object client, AgentObservability observability, bool isBorrowed)
    {
        var inner = (IChatClient)client;
        if (isBorrowed)
        {
            inner = new BorrowedChatClient(inner);
        }

        return inner.GetService<ObservingChatClient>() is null
            ? new ObservingChatClient(inner, observability, ownsObservability: false)
            : inner;
    }
}
