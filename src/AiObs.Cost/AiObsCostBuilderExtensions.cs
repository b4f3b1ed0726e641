using AiObs;
using AiObs.Cost;
using AiObs.Cost.Pricing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds cost tracking to a root.</summary>
public static class AiObsCostBuilderExtensions
{
    /// <summary>Prices every model call that the root observes, keeps the records and holds calls to their budgets. Calling it twice is harmless.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What to set; runs after the section <c>AgentObservability:Costs</c> of the configuration, where there is one.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The services then hold <see cref="CostTracking"/>, <see cref="CostAccumulator"/>, <see cref="ICostRecorder"/> and <see cref="ICostStore"/>,
    /// which keeps records in memory unless the application registers one of its own. <see cref="IPricingProvider"/>s among the services are asked for prices.
    /// </remarks>
    public static AgentObservabilityBuilder AddCostTracking(this AgentObservabilityBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CostRegistration.Add(builder.Services);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
