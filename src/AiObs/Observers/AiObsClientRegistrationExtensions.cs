using AiObs;
using AiObs.Observers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Observes the clients of a container.</summary>
public static class AiObsClientRegistrationExtensions
{
    /// <summary>
    /// Observes every <c>IChatClient</c> and <c>IEmbeddingGenerator&lt;,&gt;</c> that is registered so far, with or without a key. Call it last.
    /// Calling it again observes what came after the first call.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// Lifetimes stay, and so does who disposes a client. The span stands outside of the whole registered pipeline; where that pipeline
    /// has a function loop, put <c>UseAgentObservability()</c> inside the loop instead: clients that are observed already are left as they are.
    /// What is registered later, and open generic registrations, are not observed; the host warns of each when it starts.
    /// </remarks>
    public static AgentObservabilityBuilder ObserveChatClients(this AgentObservabilityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        ClientRegistrations.Decorate(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationCheck>(
            provider => new RegistrationCheck(services, GuardedLogger.Of(provider.GetService<ILoggerFactory>()))));
        return builder;
    }
}
