using AiObs.Operations;
using AiObs.Tracing;

namespace AiObs;

/// <content>The kinds of work by name.</content>
public sealed partial class AgentTracer
{
    /// <summary>Starts to trace an agent: the model calls and tools inside become its children.</summary>
    /// <param name="name">The name of what runs, of low cardinality: an agent, a tool, a model asked for, a template, a data source, a step.</param>
    /// <param name="start">What is known at the start; its type says what is required.</param>
    /// <returns>The span; dispose it at the end, and tell it of exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is <see langword="null"/>.</exception>
    public AgentSpan<AgentStop> StartAgent(string name, AgentStart start) => Start(name, start);

    /// <summary>Traces an agent: the model calls and tools inside become its children.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The name of what runs, of low cardinality: an agent, a tool, a model asked for, a template, a data source, a step.</param>
    /// <param name="start">What is known at the start; its type says what is required.</param>
    /// <param name="run">The function.</param>
    /// <param name="cancellationToken">The token that the function observes; tells a cancellation from a failure.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public Task<T> TraceAgentAsync<T>(
        string name, AgentStart start, Func<AgentSpan<AgentStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task TraceAgentAsync(
        string name, AgentStart start, Func<AgentSpan<AgentStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces an agent: the model calls and tools inside become its children, synchronously.</summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="name">The name of what runs, of low cardinality: an agent, a tool, a model asked for, a template, a data source, a step.</param>
    /// <param name="start">What is known at the start; its type says what is required.</param>
    /// <param name="run">The function.</param>
    /// <returns>What the function returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> or <paramref name="run"/> is <see langword="null"/>.</exception>
    public T TraceAgent<T>(string name, AgentStart start, Func<AgentSpan<AgentStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace the execution of a tool.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<ToolStop> StartTool(string name, ToolStart start) => Start(name, start);

    /// <summary>Traces the execution of a tool.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceToolAsync<T>(
        string name, ToolStart start, Func<AgentSpan<ToolStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceToolAsync{T}"/>
    public Task TraceToolAsync(
        string name, ToolStart start, Func<AgentSpan<ToolStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces the execution of a tool, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceTool<T>(string name, ToolStart start, Func<AgentSpan<ToolStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace a model call that no observed client makes.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<LlmStop> StartLlm(string name, LlmStart start) => Start(name, start);

    /// <summary>Traces a model call that no observed client makes.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceLlmAsync<T>(
        string name, LlmStart start, Func<AgentSpan<LlmStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceLlmAsync{T}"/>
    public Task TraceLlmAsync(
        string name, LlmStart start, Func<AgentSpan<LlmStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a model call that no observed client makes, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceLlm<T>(string name, LlmStart start, Func<AgentSpan<LlmStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace an embedding request that no observed generator makes.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<EmbeddingStop> StartEmbedding(string name, EmbeddingStart start) => Start(name, start);

    /// <summary>Traces an embedding request that no observed generator makes.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceEmbeddingAsync<T>(
        string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceEmbeddingAsync{T}"/>
    public Task TraceEmbeddingAsync(
        string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces an embedding request that no observed generator makes, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceEmbedding<T>(string name, EmbeddingStart start, Func<AgentSpan<EmbeddingStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace the rendering of a prompt template.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<PromptStop> StartPrompt(string name, PromptStart start) => Start(name, start);

    /// <summary>Traces the rendering of a prompt template.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TracePromptAsync<T>(
        string name, PromptStart start, Func<AgentSpan<PromptStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TracePromptAsync{T}"/>
    public Task TracePromptAsync(
        string name, PromptStart start, Func<AgentSpan<PromptStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces the rendering of a prompt template, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TracePrompt<T>(string name, PromptStart start, Func<AgentSpan<PromptStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace a fetch of documents.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<RetrieverStop> StartRetriever(string name, RetrieverStart start) => Start(name, start);

    /// <summary>Traces a fetch of documents.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceRetrieverAsync<T>(
        string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceRetrieverAsync{T}"/>
    public Task TraceRetrieverAsync(
        string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a fetch of documents, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceRetriever<T>(string name, RetrieverStart start, Func<AgentSpan<RetrieverStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace a re-scoring of documents.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<RerankerStop> StartReranker(string name, RerankerStart start) => Start(name, start);

    /// <summary>Traces a re-scoring of documents.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceRerankerAsync<T>(
        string name, RerankerStart start, Func<AgentSpan<RerankerStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <inheritdoc cref="TraceRerankerAsync{T}"/>
    public Task TraceRerankerAsync(
        string name, RerankerStart start, Func<AgentSpan<RerankerStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, start, run, cancellationToken);

    /// <summary>Traces a re-scoring of documents, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceReranker<T>(string name, RerankerStart start, Func<AgentSpan<RerankerStop>, T> run) => Trace(name, start, run);

    /// <summary>Starts to trace a protection step.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<StepStop> StartGuardrail(string name, StepStart start) => Start(name, As(start, OperationKind.Guardrail));

    /// <summary>Traces a protection step.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceGuardrailAsync<T>(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Guardrail), run, cancellationToken);

    /// <inheritdoc cref="TraceGuardrailAsync{T}"/>
    public Task TraceGuardrailAsync(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Guardrail), run, cancellationToken);

    /// <summary>Traces a protection step, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceGuardrail<T>(string name, StepStart start, Func<AgentSpan<StepStop>, T> run) => Trace(name, As(start, OperationKind.Guardrail), run);

    /// <summary>Starts to trace a judge's run over some output.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<StepStop> StartEvaluator(string name, StepStart start) => Start(name, As(start, OperationKind.Evaluator));

    /// <summary>Traces a judge's run over some output.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceEvaluatorAsync<T>(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Evaluator), run, cancellationToken);

    /// <inheritdoc cref="TraceEvaluatorAsync{T}"/>
    public Task TraceEvaluatorAsync(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Evaluator), run, cancellationToken);

    /// <summary>Traces a judge's run over some output, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceEvaluator<T>(string name, StepStart start, Func<AgentSpan<StepStop>, T> run) => Trace(name, As(start, OperationKind.Evaluator), run);

    /// <summary>Starts to trace an entry point of the application, or glue between steps.</summary>
    /// <inheritdoc cref="StartAgent"/>
    public AgentSpan<StepStop> StartChain(string name, StepStart start) => Start(name, As(start, OperationKind.Chain));

    /// <summary>Traces an entry point of the application, or glue between steps.</summary>
    /// <inheritdoc cref="TraceAgentAsync{T}"/>
    public Task<T> TraceChainAsync<T>(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task<T>> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Chain), run, cancellationToken);

    /// <inheritdoc cref="TraceChainAsync{T}"/>
    public Task TraceChainAsync(
        string name, StepStart start, Func<AgentSpan<StepStop>, Task> run, CancellationToken cancellationToken = default) =>
        TraceAsync(name, As(start, OperationKind.Chain), run, cancellationToken);

    /// <summary>Traces an entry point of the application, or glue between steps, synchronously.</summary>
    /// <inheritdoc cref="TraceAgent{T}"/>
    public T TraceChain<T>(string name, StepStart start, Func<AgentSpan<StepStop>, T> run) => Trace(name, As(start, OperationKind.Chain), run);

    private static StepStart As(StepStart start, OperationKind step)
    {
        ArgumentNullException.ThrowIfNull(start);
        return start with { Step = step };
    }
}
