namespace AiObs.Cost.Pricing;

/// <summary>How the model of a <see cref="PriceOverride"/> is compared with the model of a call. Case never matters.</summary>
public enum PriceMatch
{
    /// <summary>The whole name.</summary>
    Exact,

    /// <summary>The beginning of the name, such as <c>gpt-4o</c> for all dated snapshots of it.</summary>
    Prefix,
}
