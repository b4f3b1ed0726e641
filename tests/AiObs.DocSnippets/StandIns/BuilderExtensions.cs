using Microsoft.Extensions.DependencyInjection;

#pragma warning disable IDE0130 // The real ones stand here.
namespace Microsoft.Extensions.AI;
#pragma warning restore IDE0130

/// <summary>Stand in for the extension methods around the builder.</summary>
public static class BuilderExtensions
{
    public static ChatClientBuilder AsBuilder(this IChatClient client) => new(client);

    public static void AddChatClient(this IServiceCollection services, Func<IServiceProvider, IChatClient> factory) =>
        services.AddSingleton(factory);
}
