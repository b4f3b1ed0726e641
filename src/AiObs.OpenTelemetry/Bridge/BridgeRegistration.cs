using AiObs.OpenTelemetry.Bridge.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Subscribes a provider to our spans and those of other libraries, once, however often it is asked to.</summary>
internal static class BridgeRegistration
{
    public static TracerProviderBuilder AddTo(TracerProviderBuilder builder, AgentObservability? given, Action<AgentTracingOptions>? configure)
    {
        var isFirst = false;
        builder.ConfigureServices(services =>
        {
            isFirst = AddOptions(services);
            if (given is not null)
            {
                services.AddSingleton(new GivenRoot(given));
            }

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
            ConfiguredOptions.Read(
                provider.GetService<IConfiguration>(),
                AgentTracingOptions.SectionName,
                options,
                static (section, options) => section.Bind(options),
                "Flags are true or false; DuplicateModelSpans is Demote or Keep; ForeignContent is FollowPrivacy, Keep or Remove; BridgedMetrics is Missing or All."));
        return true;
    }

    private static void Subscribe(IServiceProvider services, TracerProviderBuilder builder)
    {
        var options = services.GetRequiredService<IOptions<AgentTracingOptions>>().Value;
        var given = services.GetService<GivenRoot>()?.Observability;
        var ownName = given?.Pipeline.Source.Name ?? ObservabilityInServices.Read(services).SourceName;
        var origins = new SpanOrigins([ownName, .. ObservabilityInServices.SourcesOfNamedRoots(services), .. options.SourceNames], options);
        builder.AddSource([.. origins.Names]);

        // The provider runs this before it starts to listen itself: listeners hear of a stop in the order in which they began to listen.
        builder.AddInstrumentation(() => new BridgeListener(origins, new BridgeRoot(services, given, options), options));
    }
}
