using AiObs.Operations;
using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces an entry point of the application, or glue between steps.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace an entry point of the application, or glue between steps.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<StepStop> StartChain(string name, StepStart start) => Start(name, As(start, OperationKind.Chain));

    /// <summary>Traces an entry point of the application, or glue between steps.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceChainAsync<T>(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Chain), run, cancellationToken);

    /// <inheritdoc cref="TraceChainAsync{T}(string, StepStart, Func{AgentSpan{StepStop}, Task{T}}, CancellationToken)"/>
    public Task TraceChainAsync(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Chain), run, cancellationToken);

    /// <summary>Traces an entry point of the application, or glue between steps, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceChain<T>(string name, StepStart start, Func<AgentSpan<StepStop>, T> run) => Trace(name, As(start, OperationKind.Chain), run);

    private static StepStart As(StepStart start, OperationKind step)
    {
        ArgumentNullException.ThrowIfNull(start);
        return start with { Step = step };
    }
}
