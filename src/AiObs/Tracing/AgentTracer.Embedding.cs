using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces an embedding request that no observed generator makes.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace an embedding request that no observed generator makes.</summary>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Texts</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<EmbeddingStop> StartEmbedding(string name, EmbeddingStart start) => Start(name, start);

    /// <summary>Traces an embedding request that no observed generator makes.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Texts</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceEmbeddingAsync<T>(
        string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceEmbeddingAsync{T}(string, EmbeddingStart, Func{AgentSpan{EmbeddingStop}, Task{T}}, CancellationToken)"/>
    public Task TraceEmbeddingAsync(
        string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces an embedding request that no observed generator makes, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The model asked for.</param>
    /// <param name="start">What is known at the start; <c>Texts</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceEmbedding<T>(string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, T> run) => Trace(name, start, run);
}
