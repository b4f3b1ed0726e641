namespace AiObs.Cost;

/// <summary>By what amounts are added up.</summary>
public enum CostGrouping
{
    /// <summary>The end user.</summary>
    User,

    /// <summary>The conversation.</summary>
    Conversation,

    /// <summary>The session.</summary>
    Session,

    /// <summary>Who served the call.</summary>
    Provider,

    /// <summary>The model that answered, else the one that was asked for.</summary>
    Model,

    /// <summary>Each tag. A record with several tags counts to each of them, so these sums can be more than the total.</summary>
    Tag,

    /// <summary>The day in UTC on which the call started, as <c>2026-01-31</c>.</summary>
    Day,
}
