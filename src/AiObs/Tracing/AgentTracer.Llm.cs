using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces a model call that no observed client makes.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace a model call that no observed client makes.</summary>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Messages</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<LlmStop> StartLlm(string name, LlmStart start) => Start(name, start);

    /// <summary>Traces a model call that no observed client makes.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Messages</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceLlmAsync<T>(
        string name, LlmStart start, Func<AgentSpan<LlmStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceLlmAsync{T}(string, LlmStart, Func{AgentSpan{LlmStop}, Task{T}}, CancellationToken)"/>
    public Task TraceLlmAsync(
        string name, LlmStart start, Func<AgentSpan<LlmStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a model call that no observed client makes, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Messages</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceLlm<T>(string name, LlmStart start, Func<AgentSpan<LlmStop>, T> run) => Trace(name, start, run);
}
