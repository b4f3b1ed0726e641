namespace AiObs.Cost.Pricing;

/// <summary>What came of a refresh of prices.</summary>
public enum PriceRefreshOutcome
{
    /// <summary>Another table was fetched, and calls that start from now on are priced by it.</summary>
    Updated,

    /// <summary>The table in force is the one that is published.</summary>
    NotModified,

    /// <summary>A table was fetched and did not pass the checks; the one in force stays.</summary>
    Rejected,

    /// <summary>No table could be fetched; the one in force stays.</summary>
    Failed,
}
