namespace AiObs.Events;

/// <summary>What a sink promises to the calls whose events it receives.</summary>
public enum EventDelivery
{
    /// <summary>Calls never wait. Events that find the queue full are dropped and counted.</summary>
    BestEffort,

    /// <summary>A call ends when its events are written, or when <see cref="EventSinkOptions.DurableTimeout"/> is over.</summary>
    Durable,
}
