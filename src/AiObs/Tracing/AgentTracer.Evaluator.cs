using AiObs.Operations;
using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces a judge's run over some output.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace a judge's run over some output.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<StepStop> StartEvaluator(string name, StepStart start) => Start(name, As(start, OperationKind.Evaluator));

    /// <summary>Traces a judge's run over some output.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceEvaluatorAsync<T>(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Evaluator), run, cancellationToken);

    /// <inheritdoc cref="TraceEvaluatorAsync{T}(string, StepStart, Func{AgentSpan{StepStop}, Task{T}}, CancellationToken)"/>
    public Task TraceEvaluatorAsync(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Evaluator), run, cancellationToken);

    /// <summary>Traces a judge's run over some output, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceEvaluator<T>(string name, StepStart start, Func<AgentSpan<StepStop>, T> run) => Trace(name, As(start, OperationKind.Evaluator), run);
}
