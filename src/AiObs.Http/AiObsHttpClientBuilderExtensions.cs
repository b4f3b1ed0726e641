using AiObs;
using AiObs.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts observation on the clients of <see cref="IHttpClientFactory"/>.</summary>
public static class AiObsHttpClientBuilderExtensions
{
    /// <summary>
    /// Observes the model calls that clients of this name send: OpenAI's chat completions, responses and embeddings, Anthropic's messages and
    /// Ollama's chat, plain and streamed. Everything else passes untouched.
    /// </summary>
    /// <param name="builder">The builder. A handler that repeats requests and is added after this one stands inside: then its attempts belong to one call.</param>
    /// <param name="configure">Changes a copy of the options of observation, for these clients alone.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <remarks>The root is that of the container; without one, a default is made that is disposed with the container. Requests that an observed client sends are not observed again.</remarks>
    public static IHttpClientBuilder AddAgentObservability(this IHttpClientBuilder builder, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Check(configure);

        // Handlers come and go with their scopes; what they share stays.
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (services, _) =>
        {
            var (observability, isOwned) = AgentObservability.For(services, configure);
            return new HttpCalls(observability, isOwned);
        });
        return builder.AddHttpMessageHandler(services => new ObservingHandler(() => services.GetRequiredKeyedService<HttpCalls>(key)));
    }

    /// <summary>Says at once what is wrong, not at the first request.</summary>
    private static void Check(Action<AgentObservabilityOptions>? configure)
    {
        if (configure is not null)
        {
            var options = new AgentObservabilityOptions();
            configure(options);
            AgentObservabilityOptionsValidator.ThrowIfInvalid(options);
        }
    }
}
