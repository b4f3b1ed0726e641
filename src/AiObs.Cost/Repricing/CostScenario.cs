using AiObs.Cost.Pricing;

namespace AiObs.Cost;

/// <summary>Under what calls are priced again. What is <see langword="null"/> stays as it was recorded.</summary>
public sealed record CostScenario
{
    /// <summary>Gets who would have served the calls, in any known spelling.</summary>
    /// <value>By default who did; where that one does not have <see cref="Model"/>, whoever serves a model of that name.</value>
    public string? Provider { get; init; }

    /// <summary>Gets the model that would have answered.</summary>
    /// <value>By default the one that did; where it has no price, the one that was asked for, then the one that it was priced as.</value>
    public string? Model { get; init; }

    /// <summary>Gets the multipliers on all rates, such as one for the service tier batch.</summary>
    /// <value>By default those of the receipt. An empty list takes them away.</value>
    public IReadOnlyList<CostFactor>? Factors { get; init; }

    /// <summary>Gets where the prices come from: an older or newer version of the data, or prices of your own.</summary>
    /// <value>The default is the table that comes with the package. <see cref="CostTracking.Pricing"/> has the application's own prices and aliases too.</value>
    public IPricingProvider? Prices { get; init; }
}
