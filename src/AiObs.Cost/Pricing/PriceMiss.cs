namespace AiObs.Cost.Pricing;

/// <summary>Why a source of prices has no answer.</summary>
public enum PriceMiss
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>It does not know who serves the model.</summary>
    UnknownProvider,

    /// <summary>It knows the provider, but not the model.</summary>
    UnknownModel,
}
