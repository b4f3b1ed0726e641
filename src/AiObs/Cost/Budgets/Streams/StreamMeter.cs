using Microsoft.Extensions.AI;

namespace AiObs.Cost.Budgets.Streams;

/// <summary>Measures what one stream takes, as it is delivered.</summary>
internal abstract class StreamMeter
{
    /// <summary>Adds an update and returns what the stream has taken with it.</summary>
    public abstract StreamUse Measure(ChatResponseUpdate update);

    /// <summary>Called once, before the stream is closed because a budget has no more for it.</summary>
    public virtual void Cutting()
    {
    }
}
