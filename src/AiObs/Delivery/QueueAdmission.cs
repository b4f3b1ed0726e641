namespace AiObs.Delivery;

/// <summary>What became of an item that was offered to a queue.</summary>
internal enum QueueAdmission
{
    /// <summary>It waits.</summary>
    Accepted,

    /// <summary>There was no room.</summary>
    Full,

    /// <summary>The target was removed.</summary>
    Closed,
}
