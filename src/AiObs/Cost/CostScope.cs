namespace AiObs.Cost;

/// <summary>The cost tracking that a client passes down to the calls made inside of it.</summary>
/// <param name="Tracking">What prices and gates those calls.</param>
/// <param name="Replaced">The tracking of the client's own inner client, which gives way; that of any other client called inside stays in force.</param>
internal sealed record CostScope(CostTracking Tracking, CostTracking? Replaced)
{
    /// <summary>Chooses between the tracking that a client has and the one that is passed down to it.</summary>
    public static CostTracking? Choose(CostTracking? own) =>
        AgentContext.CurrentCosts is { } scope && (own is null || ReferenceEquals(own, scope.Replaced)) ? scope.Tracking : own;
}
