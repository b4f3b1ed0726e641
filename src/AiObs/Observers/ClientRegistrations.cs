using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Observers;

/// <summary>The registrations of clients in a container: finds them and decorates them.</summary>
internal static class ClientRegistrations
{
    /// <summary>Decorates every registration of a client that is not decorated yet.</summary>
    public static void Decorate(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            var registration = services[i];
            if (IsUndecorated(registration) && ClientDecorator.For(registration.ServiceType) is { } decorator)
            {
                services[i] = DecoratedClient.Replace(registration, decorator, services);
            }
        }
    }

    /// <summary>Tells whether a registration is one of a client, and has not been decorated.</summary>
    public static bool IsUndecorated(ServiceDescriptor registration) =>
        ClientDecorator.IsClient(registration.ServiceType) && !DecoratedClient.IsBehind(registration);

    /// <summary>Tells whether a registration is one of a chat client, and has been decorated.</summary>
    public static bool IsDecoratedChatClient(ServiceDescriptor registration) =>
        registration.ServiceType == typeof(IChatClient) && DecoratedClient.IsBehind(registration);

    /// <summary>Names a registration for people.</summary>
    public static string NameOf(ServiceDescriptor registration)
    {
        var name = NameOf(registration.ServiceType);
        return registration.IsKeyedService ? $"{name} with key '{registration.ServiceKey}'" : name;
    }

    private static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsConstructedGenericType ? $"{name}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>" : name;
    }
}
