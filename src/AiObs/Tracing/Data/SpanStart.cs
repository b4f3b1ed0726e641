using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a piece of work starts.</summary>
/// <typeparam name="TStop">What is known when it ends.</typeparam>
public abstract record SpanStart<TStop>
    where TStop : SpanStop
{
    private protected SpanStart()
    {
    }

    /// <summary>Gets what a warning calls this kind of work.</summary>
    internal abstract string Kind { get; }

    /// <summary>Names the first required value that is missing.</summary>
    internal abstract string? FindMissing();

    /// <summary>Makes the operation; sampling-relevant values must be on it, content must not.</summary>
    internal abstract AgentOperation CreateOperation(TracerParts parts, string name);

    /// <summary>Puts content on the operation, masked.</summary>
    internal abstract void Record(TracerParts parts, AgentOperation operation);

    /// <summary>Reads the end from what the traced function returned; <see langword="null"/> when it says nothing of this kind.</summary>
    internal abstract TStop? StopFrom(object result);
}
