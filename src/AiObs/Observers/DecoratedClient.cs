using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Observers;

/// <summary>What stands in the place of a client's registration: makes the client as it was registered, and puts observation on it.</summary>
internal sealed class DecoratedClient
{
    private readonly ClientDecorator _decorator;
    private readonly Func<IServiceProvider, object?, object> _makeInner;
    private readonly bool _isBorrowed;

    private DecoratedClient(ClientDecorator decorator, Func<IServiceProvider, object?, object> makeInner, bool isBorrowed)
    {
        _decorator = decorator;
        _makeInner = makeInner;
        _isBorrowed = isBorrowed;
    }

    /// <summary>Tells whether a registration has been decorated.</summary>
    public static bool IsBehind(ServiceDescriptor registration) => registration.IsKeyedService
        ? registration.KeyedImplementationFactory?.Target is DecoratedClient
        : registration.ImplementationFactory?.Target is DecoratedClient;

    /// <summary>Returns a registration of the same service, key and lifetime whose client is observed.</summary>
    public static ServiceDescriptor Replace(ServiceDescriptor registration, ClientDecorator decorator, IServiceCollection services)
    {
        var decorated = From(registration, decorator, services);
        return registration.IsKeyedService
            ? new(registration.ServiceType, registration.ServiceKey, decorated.MakeKeyed, registration.Lifetime)
            : new(registration.ServiceType, decorated.Make, registration.Lifetime);
    }

    private static DecoratedClient From(ServiceDescriptor registration, ClientDecorator decorator, IServiceCollection services)
    {
        if (Instance(registration) is { } instance)
        {
            return new(decorator, (_, _) => instance, isBorrowed: true);
        }

        if (Factory(registration) is { } factory)
        {
            // The container disposes what a factory made. It only sees the decorator now, which therefore disposes its inner client.
            return new(decorator, factory, isBorrowed: false);
        }

        return new(decorator, Undecorated(registration, services), isBorrowed: true);
    }

    private static object? Instance(ServiceDescriptor registration) => registration.IsKeyedService
        ? registration.KeyedImplementationInstance
        : registration.ImplementationInstance;

    private static Func<IServiceProvider, object?, object>? Factory(ServiceDescriptor registration)
    {
        if (registration.IsKeyedService)
        {
            return registration.KeyedImplementationFactory;
        }

        return registration.ImplementationFactory is { } factory ? (provider, _) => factory(provider) : null;
    }

    /// <summary>Lets the container go on making and disposing the client, under the client's own type, so that constructors are chosen as ever.</summary>
    private static Func<IServiceProvider, object?, object> Undecorated(ServiceDescriptor registration, IServiceCollection services)
    {
        if (!registration.IsKeyedService)
        {
            var type = registration.ImplementationType!;
            var hiddenKey = new object();
            services.Add(new(type, hiddenKey, registration.ImplementationType!, registration.Lifetime));
            return (provider, _) => provider.GetRequiredKeyedService(type, hiddenKey);
        }

        // The client may ask for its key, so it is made under the very same one, unless that is taken.
        var keyedType = registration.KeyedImplementationType!;
        var isTaken = services.Any(service => service.ServiceType == keyedType && Equals(service.ServiceKey, registration.ServiceKey));
        var ownKey = isTaken ? new object() : null;
        services.Add(new(keyedType, ownKey ?? registration.ServiceKey, registration.KeyedImplementationType!, registration.Lifetime));
        return (provider, key) => provider.GetRequiredKeyedService(keyedType, ownKey ?? key);
    }

    private object Make(IServiceProvider provider) => MakeKeyed(provider, key: null);

    private object MakeKeyed(IServiceProvider provider, object? key)
    {
        var request = new ObserverRequest(nameof(AiObsServiceCollectionExtensions.ObserveChatClients))
        {
            Given = provider.GetRequiredService<AgentObservability>(),
            IsForAll = true,
        };
        return _decorator.Decorate(_makeInner(provider, key), request, _isBorrowed);
    }
}
