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

    /// <summary>The agent that the call was made in, by name; the innermost, where agents run agents.</summary>
    Agent,

    /// <summary>The trace that the call's span belongs to. Not in a <see cref="CostAccumulator"/>, in which every few calls would be a row of their own.</summary>
    Trace,
}
