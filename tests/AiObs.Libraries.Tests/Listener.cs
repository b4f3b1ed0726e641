namespace AiObs.Libraries.Tests;

/// <summary>Who listens to what a root observes.</summary>
public enum Listener
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Cost tracking alone, without a tracer.</summary>
    Costs,

    /// <summary>A tracer provider.</summary>
    Tracer,
}
