using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Hosting;

/// <summary>A chat client that is told the key it was asked for under.</summary>
internal sealed class KeyedChatClient([ServiceKey] string key) : ContainerChatClient
{
    public string Key { get; } = key;
}
