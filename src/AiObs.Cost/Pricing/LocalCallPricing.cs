namespace AiObs.Cost.Pricing;

/// <summary>What calls of servers in one's own network cost, where neither <see cref="PricingOptions.Hosts"/> nor a price of the application's own says it.</summary>
public enum LocalCallPricing
{
    /// <summary>Nobody knows: a gateway to a provider stands there as often as a model.</summary>
    Unpriced,

    /// <summary>Nothing.</summary>
    Free,

    /// <summary>What the provider takes that the client names.</summary>
    LikeProvider,
}
