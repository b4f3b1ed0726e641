using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>The root that bridged spans belong to, and what translates them for it; found when the first such span ends, as it may depend on much.</summary>
internal sealed class BridgeRoot : IDisposable
{
    private readonly Lazy<(AgentObservability? Observability, SpanTranslator? Translator)> _found;
    private AgentObservability? _owned;

    public BridgeRoot(IServiceProvider services, AgentObservability? given, AgentTracingOptions options) =>
        _found = new(() =>
        {
            var observability = given ?? Find(services);
            return (observability, observability is null ? null : new SpanTranslator(observability.Pipeline, options, options.ForeignContent));
        });

    /// <summary>Gets the root; <see langword="null"/> when it cannot be made.</summary>
    public AgentObservability? Observability => _found.Value.Observability;

    public SpanTranslator? Translator => _found.Value.Translator;

    public void Dispose() => _owned?.Dispose();

    private AgentObservability? Find(IServiceProvider services)
    {
        try
        {
            return ObservabilityInServices.Find(services) ?? (_owned = Create(services));
        }
#pragma warning disable CA1031 // Observing never breaks the observed: wrong options are told where the application builds its clients.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            GuardedLogger.Of(services.GetService<ILoggerFactory>()).BridgeHasNoRoot(exception);
            return null;
        }
    }

    private static AgentObservability Create(IServiceProvider services) => AgentObservability.CreateBeside(services, builder =>
    {
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            builder.Services.AddSingleton(configuration);
        }
    });
}
