using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces a fetch of documents.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace a fetch of documents.</summary>
    /// <param name="name">The data source's name or id.</param>
    /// <param name="start">What is known at the start; <c>Query</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<RetrieverStop> StartRetriever(string name, RetrieverStart start) => Start(name, start);

    /// <summary>Traces a fetch of documents.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The data source's name or id.</param>
    /// <param name="start">What is known at the start; <c>Query</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceRetrieverAsync<T>(
        string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceRetrieverAsync{T}(string, RetrieverStart, Func{AgentSpan{RetrieverStop}, Task{T}}, CancellationToken)"/>
    public Task TraceRetrieverAsync(
        string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a fetch of documents, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The data source's name or id.</param>
    /// <param name="start">What is known at the start; <c>Query</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceRetriever<T>(string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, T> run) => Trace(name, start, run);
}
