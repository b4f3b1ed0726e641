using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Passes calls on, and tells nobody what is inside but for the model's metadata.</summary>
public sealed class HidingChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? base.GetService(serviceType, serviceKey) : null;
}
