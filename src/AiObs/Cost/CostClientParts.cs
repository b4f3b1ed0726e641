using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost;

/// <summary>What a client with cost tracking works with.</summary>
/// <param name="Observability">The root.</param>
/// <param name="Costs">The cost tracking: that of the root, or one of the client's own.</param>
/// <param name="Owned">What the client disposes; <see langword="null"/> when all of it is somebody else's.</param>
internal sealed record CostClientParts(AgentObservability Observability, CostTracking Costs, IDisposable? Owned)
{
    /// <summary>Finds the parts for a client: the root that its inner client has, else that of the services, else one of its own.</summary>
    public static CostClientParts For(
        AgentObservability? known, IServiceProvider? services, Action<CostTrackingOptions>? configure)
    {
        if ((known ?? services?.GetService<AgentObservability>()) is { } observability)
        {
            return On(observability, services, configure);
        }

        var created = AgentObservability.CreateBeside(services, builder => builder.AddCostTracking(configure));
        return new(created, created.Costs!, created);
    }

    private static CostClientParts On(
        AgentObservability observability, IServiceProvider? services, Action<CostTrackingOptions>? configure)
    {
        if (observability.Costs is { } shared && configure is null)
        {
            return new(observability, shared, Owned: null);
        }

        var own = observability.CreateCosts(services, configure);
        return new(observability, own, own);
    }
}
