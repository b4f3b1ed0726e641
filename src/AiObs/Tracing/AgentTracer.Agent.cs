using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces an agent: the model calls and tools inside become its children.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace an agent: the model calls and tools inside become its children.</summary>
    /// <param name="name">The agent's name, of low cardinality.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<AgentStop> StartAgent(string name, AgentStart start) => Start(name, start);

    /// <summary>Traces an agent: the model calls and tools inside become its children.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The agent's name, of low cardinality.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceAgentAsync<T>(
        string name, AgentStart start, Func<AgentSpan<AgentStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceAgentAsync{T}(string, AgentStart, Func{AgentSpan{AgentStop}, Task{T}}, CancellationToken)"/>
    public Task TraceAgentAsync(
        string name, AgentStart start, Func<AgentSpan<AgentStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces an agent: the model calls and tools inside become its children, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The agent's name, of low cardinality.</param>
    /// <param name="start">What is known at the start; <c>Input</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceAgent<T>(string name, AgentStart start, Func<AgentSpan<AgentStop>, T> run) => Trace(name, start, run);
}
