using Microsoft.Extensions.DependencyInjection;

namespace AiObs;

/// <summary>The services of a root with a name, without their end: that comes with the root's.</summary>
internal sealed class RootServices(AgentObservability root) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => root.OwnServices!.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => root.OwnServices!.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => root.OwnServices!.GetRequiredKeyedService(serviceType, serviceKey);
}
