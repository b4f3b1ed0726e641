namespace AiObs.Events;

/// <summary>What a call hears of when a <see cref="EventDelivery.Durable"/> sink did not confirm its events in time.</summary>
public enum EventFailureMode
{
    /// <summary>Nothing: a warning is logged and the call returns what it would have returned.</summary>
    Log,

    /// <summary>The call throws <see cref="EventDeliveryException"/>, unless it has failed already: then its own exception stays.</summary>
    Throw,
}
