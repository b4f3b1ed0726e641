namespace AiObs.Events.Delivery;

/// <summary>What became of an event that was offered to a queue.</summary>
internal enum QueueAdmission
{
    /// <summary>It waits.</summary>
    Accepted,

    /// <summary>It waits, and the oldest one had to go.</summary>
    AcceptedForOldest,

    /// <summary>There was no room.</summary>
    Full,

    /// <summary>The sink was removed.</summary>
    Closed,
}
