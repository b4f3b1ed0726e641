using AiObs;

namespace Microsoft.Extensions.AI;

/// <summary>Puts observation on functions.</summary>
public static class AiObsAIFunctionExtensions
{
    /// <summary>Observes every invocation of a function as one tool span, for loops of your own: those of Microsoft.Extensions.AI tell of their calls themselves.</summary>
    /// <param name="function">The function.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <returns>The observed function: the same for the same function and root, and <paramref name="function"/> itself where it is observed already.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <remarks>
    /// What is returned is another object of another type. Do not hand it to loops that check the types of functions, such as Semantic Kernel's; those need none of this.
    /// </remarks>
    public static AIFunction Observed(this AIFunction function, AgentObservability observability)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(observability);
        return observability.Tools.Wrap(function);
    }
}
