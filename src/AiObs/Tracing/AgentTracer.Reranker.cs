using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces a re-scoring of documents.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace a re-scoring of documents.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Query</c> and <c>Documents</c> are required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<RerankerStop> StartReranker(string name, RerankerStart start) => Start(name, start);

    /// <summary>Traces a re-scoring of documents.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Query</c> and <c>Documents</c> are required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceRerankerAsync<T>(
        string name, RerankerStart start, Func<AgentSpan<RerankerStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceRerankerAsync{T}(string, RerankerStart, Func{AgentSpan{RerankerStop}, Task{T}}, CancellationToken)"/>
    public Task TraceRerankerAsync(
        string name, RerankerStart start, Func<AgentSpan<RerankerStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a re-scoring of documents, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The step's name.</param>
    /// <param name="start">What is known at the start; <c>Query</c> and <c>Documents</c> are required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceReranker<T>(string name, RerankerStart start, Func<AgentSpan<RerankerStop>, T> run) => Trace(name, start, run);
}
