using AiObs.OpenTelemetry;
using AiObs.OpenTelemetry.Bridge;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Subscribes a tracer provider to the spans of AiObs.</summary>
public static class AiObsTracerProviderBuilderExtensions
{
    /// <summary>
    /// Subscribes to the spans of AiObs, takes tokens and cost off the spans that other libraries write for the same model calls, and
    /// takes messages that may not be shown out of the status of the tool spans that function loops open.
    /// Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder; where among its other calls this one stands does not matter.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:Tracing</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// The source is the one that <c>AgentObservabilityOptions</c> in the provider's services name, else <c>AiObs</c>. Sources of other
    /// libraries are not subscribed to. Options are validated when the provider is built.
    /// </remarks>
    public static TracerProviderBuilder AddAgentObservability(
        this TracerProviderBuilder builder, Action<AgentTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isFirst = false;
        builder.ConfigureServices(services =>
        {
            isFirst = AddOptions(services);
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
        string[] ownNames = [ObservabilityInServices.Read(services).SourceName, .. options.SourceNames];
        var origins = new SpanOrigins(ownNames, options.ModelSourceNames);
        builder.AddSource(ownNames);

        // The provider runs this before it starts to listen itself: listeners hear of a stop in the order in which they began to listen.
        builder.AddInstrumentation(() => new ToolSpanListener(origins));
        if (options.DuplicateModelSpans == DuplicateModelSpans.Demote)
        {
            builder.AddInstrumentation(() => new ModelSpanListener(origins));
        }
    }
}
