using AiObs;
using AiObs.OpenTelemetry;
using AiObs.OpenTelemetry.Bridge;
using AiObs.OpenTelemetry.Bridge.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Subscribes a tracer provider to the spans of AiObs, and to those of the libraries that it translates.</summary>
public static class AiObsTracerProviderBuilderExtensions
{
    /// <summary>
    /// Subscribes to the spans of AiObs and of the libraries that write GenAI spans, and makes of the latter what spans of AiObs are
    /// before any exporter sees them: translated, priced, told to event sinks, and counted once. Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder; where among its other calls this one stands does not matter.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:Tracing</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Spans of other libraries belong to the <see cref="AgentObservability"/> in the provider's services; without one, to one that is
    /// made of the configuration and tracks no costs. Its source is subscribed to, else <c>AiObs</c>. Options are validated when the
    /// provider is built.
    /// </remarks>
    public static TracerProviderBuilder AddAgentObservability(
        this TracerProviderBuilder builder, Action<AgentTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Add(builder, configure, static _ => { });
    }

    /// <summary>The same, for spans of other libraries to belong to a root that does not come from the provider's services.</summary>
    /// <param name="builder">The builder; where among its other calls this one stands does not matter.</param>
    /// <param name="observability">The root, as <see cref="AgentObservability.Create"/> makes it; dispose it after the provider.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:Tracing</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    public static TracerProviderBuilder AddAgentObservability(
        this TracerProviderBuilder builder, AgentObservability observability, Action<AgentTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return Add(builder, configure, services => services.AddSingleton(new GivenRoot(observability)));
    }

    private static TracerProviderBuilder Add(
        TracerProviderBuilder builder, Action<AgentTracingOptions>? configure, Action<IServiceCollection> addRoot)
    {
        var isFirst = false;
        builder.ConfigureServices(services =>
        {
            isFirst = AddOptions(services);
            addRoot(services);
            if (configure is not null)
            {
                services.Configure(configure);
            }
        });

        return isFirst ? ((IDeferredTracerProviderBuilder)builder).Configure(Subscribe) : builder;
    }

    /// <summary>Adds the options; returns <see langword="false"/> when they are there already.</summary>
    private static bool AddOptions(IServiceCollection services)
    {
        if (services.Any(static service => service.ImplementationType == typeof(AgentTracingOptionsValidator)))
        {
            return false;
        }

        services.AddSingleton<IValidateOptions<AgentTracingOptions>, AgentTracingOptionsValidator>();
        services.AddOptions<AgentTracingOptions>().Configure<IServiceProvider>(static (options, provider) =>
            provider.GetService<IConfiguration>()?.GetSection(AgentTracingOptions.SectionName).Bind(options));
        return true;
    }

    private static void Subscribe(IServiceProvider services, TracerProviderBuilder builder)
    {
        var options = services.GetRequiredService<IOptions<AgentTracingOptions>>().Value;
        var given = services.GetService<GivenRoot>()?.Observability;
        var ownName = given?.Pipeline.Source.Name ?? ObservabilityInServices.Read(services).SourceName;
        var origins = new SpanOrigins([ownName, .. options.SourceNames], options);
        builder.AddSource([.. origins.Names]);

        // The provider runs this before it starts to listen itself: listeners hear of a stop in the order in which they began to listen.
        builder.AddInstrumentation(() => new BridgeListener(origins, new BridgeRoot(services, given, options), options));
    }
}
