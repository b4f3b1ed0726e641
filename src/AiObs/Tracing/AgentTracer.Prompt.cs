using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <content>Traces the rendering of a prompt template.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace the rendering of a prompt template.</summary>
    /// <param name="name">The template's name.</param>
    /// <param name="start">What is known at the start; <c>Template</c> and <c>Variables</c> are required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<PromptStop> StartPrompt(string name, PromptStart start) => Start(name, start);

    /// <summary>Traces the rendering of a prompt template.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The template's name.</param>
    /// <param name="start">What is known at the start; <c>Template</c> and <c>Variables</c> are required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TracePromptAsync<T>(
        string name, PromptStart start, Func<AgentSpan<PromptStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TracePromptAsync{T}(string, PromptStart, Func{AgentSpan{PromptStop}, Task{T}}, CancellationToken)"/>
    public Task TracePromptAsync(
        string name, PromptStart start, Func<AgentSpan<PromptStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces the rendering of a prompt template, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The template's name.</param>
    /// <param name="start">What is known at the start; <c>Template</c> and <c>Variables</c> are required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TracePrompt<T>(string name, PromptStart start, Func<AgentSpan<PromptStop>, T> run) => Trace(name, start, run);
}
