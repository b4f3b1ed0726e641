using System.ClientModel.Primitives;
using AiObs;
using AiObs.OpenAI.Pipeline;
using Microsoft.Extensions.Options;

namespace OpenAI;

/// <summary>Puts observation on the clients of the OpenAI SDK.</summary>
public static class AiObsClientPipelineOptionsExtensions
{
    /// <summary>Observes the model calls of every client made with these options: one model span per call, in both conventions, with metrics.</summary>
    /// <typeparam name="TOptions">The type of the options, such as <c>OpenAIClientOptions</c> or <c>AzureOpenAIClientOptions</c>.</typeparam>
    /// <param name="options">The options; call this before the first client is made with them.</param>
    /// <param name="services">Where the application's <see cref="AgentObservability"/> comes from; without one, a default is made that lives as long as the process.</param>
    /// <param name="configure">Changes a copy of the options of observation, for these clients alone.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A client was made with <paramref name="options"/> already.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static TOptions UseAgentObservability<TOptions>(
        this TOptions options, IServiceProvider? services = null, Action<AgentObservabilityOptions>? configure = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        return Observe(options, AgentObservability.For(services, configure).Observability);
    }

    /// <summary>Observes the model calls of every client made with these options, with options of observation of their own and without any container.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="options">The options; call this before the first client is made with them.</param>
    /// <param name="configure">Sets the options of observation.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A client was made with <paramref name="options"/> already.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static TOptions UseAgentObservability<TOptions>(this TOptions options, Action<AgentObservabilityOptions> configure)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(configure);
        return options.UseAgentObservability(services: null, configure);
    }

    /// <summary>Observes the model calls of every client made with these options, with a given root.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <param name="options">The options; call this before the first client is made with them.</param>
    /// <param name="observability">The root; the caller disposes it after the last of the clients.</param>
    /// <param name="configure">Changes a copy of the root's options, for these clients alone.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A client was made with <paramref name="options"/> already.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public static TOptions UseAgentObservability<TOptions>(
        this TOptions options, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null)
        where TOptions : ClientPipelineOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observability);
        return Observe(options, observability.With(configure));
    }

    private static TOptions Observe<TOptions>(TOptions options, AgentObservability observability)
        where TOptions : ClientPipelineOptions
    {
        var calls = new CallPolicy(observability);
        options.AddPolicy(calls, PipelinePosition.PerCall);
        options.AddPolicy(new AttemptPolicy(calls, observability), PipelinePosition.PerTry);
        return options;
    }
}
