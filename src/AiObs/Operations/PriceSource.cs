namespace AiObs.Operations;

/// <summary>Where a price came from, the most specific first: that is the order in which sources are asked.</summary>
public enum PriceSource
{
    /// <summary>No source knew the model.</summary>
    None,

    /// <summary>A provider passed for one call, or for the calls of one scope.</summary>
    Call,

    /// <summary>The options.</summary>
    Options,

    /// <summary>The price file that the options name.</summary>
    File,

    /// <summary>A registered provider of prices.</summary>
    Custom,

    /// <summary>The price table that comes with the package.</summary>
    Table,

    /// <summary>Whoever served the call: the amount is theirs, not computed here.</summary>
    Reported,
}
