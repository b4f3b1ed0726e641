namespace AiObs.Events;

/// <summary>Which event goes when the queue of a <see cref="EventDelivery.BestEffort"/> sink is full.</summary>
public enum EventQueueFullMode
{
    /// <summary>The one that arrives.</summary>
    DropNewest,

    /// <summary>The one that has waited longest.</summary>
    DropOldest,
}
