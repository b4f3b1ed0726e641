using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces the execution of a tool.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace the execution of a tool.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="start">What is known at the start; <c>Arguments</c> is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<ToolStop> StartTool(string name, ToolStart start) => Start(name, start);

    /// <summary>Traces the execution of a tool.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The tool's name.</param>
    /// <param name="start">What is known at the start; <c>Arguments</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceToolAsync<T>(
        string name, ToolStart start, Func<AgentSpan<ToolStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceToolAsync{T}(string, ToolStart, Func{AgentSpan{ToolStop}, Task{T}}, CancellationToken)"/>
    public Task TraceToolAsync(
        string name, ToolStart start, Func<AgentSpan<ToolStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces the execution of a tool, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The tool's name.</param>
    /// <param name="start">What is known at the start; <c>Arguments</c> is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceTool<T>(string name, ToolStart start, Func<AgentSpan<ToolStop>, T> run) => Trace(name, start, run);
}
