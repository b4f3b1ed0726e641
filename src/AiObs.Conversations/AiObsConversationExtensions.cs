using AiObs;
using AiObs.Conversations;
using AiObs.Hosting;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds conversations.</summary>
public static class AiObsConversationExtensions
{
    /// <summary>
    /// Keeps conversations: <see cref="AgentConversations"/> in the container, and <c>observability.Conversations</c>. They are kept in the store that <c>AddStore</c> adds, before or after,
    /// and in memory without one. Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What to set.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static AgentObservabilityBuilder AddConversations(this AgentObservabilityBuilder builder, Action<ConversationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(AgentConversations)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConversationOptions>, ConversationOptionsValidator>());
        services.AddOptions<ConversationOptions>().ValidateOnStart();
        services.TryAddSingleton<IConversationStore>(static provider => new InMemoryConversationStore(
            InMemoryConversationStore.DefaultCapacity, StoreBuilder.OperationsInMemory(StoreBuilder.DefaultName, provider)));
        services.AddSingleton(static provider => new AgentConversations(
            provider.GetRequiredService<AgentObservability>(),
            provider.GetRequiredService<IConversationStore>(),
            provider.GetRequiredService<IOptions<ConversationOptions>>().Value,
            provider.GetService<IChatClient>));
        services.AddSingleton<RootPart>(static provider => new ConversationsPart(provider.GetRequiredService<AgentConversations>));
        services.AddSingleton<IHostedService, ExpirySweep>();
        return builder;
    }

    extension(AgentObservability observability)
    {
        /// <summary>Gets the conversations; <see langword="null"/> unless <c>AddConversations()</c> was called.</summary>
        public AgentConversations? Conversations => observability.Root.Parts.OfType<ConversationsPart>().FirstOrDefault()?.Conversations;
    }
}
