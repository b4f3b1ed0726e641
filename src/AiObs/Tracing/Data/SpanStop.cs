using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a piece of work ends.</summary>
public abstract record SpanStop
{
    private protected SpanStop()
    {
    }

    /// <summary>Puts the data on the operation, masked.</summary>
    internal abstract void Apply(TracerParts parts, AgentOperation operation);
}
