using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>How a stream begins.</summary>
/// <param name="IsObserved">Whether the observation wants to hear of the stream.</param>
/// <param name="Operation">The operation that the inner client works in; <see langword="null"/> leaves it to what is ambient.</param>
/// <param name="Costs">The cost tracking that is passed down to the inner client; <see langword="null"/> leaves it to what is ambient.</param>
internal readonly record struct StreamStart(bool IsObserved, AgentOperation? Operation, CostScope? Costs)
{
    /// <summary>Gets the start of a stream that passes unobserved.</summary>
    public static StreamStart Unobserved => default;

    /// <summary>Begins a stream that has an operation of its own.</summary>
    public static StreamStart In(AgentOperation operation) => new(IsObserved: true, operation, Costs: null);
}
