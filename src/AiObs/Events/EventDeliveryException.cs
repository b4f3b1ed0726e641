namespace AiObs.Events;

/// <summary>Events were not confirmed to be written. They may still be: a sink that is only slow or down keeps its queue and tries again.</summary>
public sealed class EventDeliveryException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="EventDeliveryException"/> class.</summary>
    public EventDeliveryException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EventDeliveryException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public EventDeliveryException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EventDeliveryException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What the sink threw.</param>
    public EventDeliveryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the names of the sinks that did not confirm.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = [];
}
