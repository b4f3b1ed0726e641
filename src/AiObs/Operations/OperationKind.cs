namespace AiObs.Operations;

/// <summary>What an operation does; each kind has its own <see cref="AgentOperation"/> subclass or shares <see cref="StepOperation"/>.</summary>
public enum OperationKind
{
    /// <summary>One model call that returns messages.</summary>
    Chat,

    /// <summary>One embedding request, which may be a batch.</summary>
    Embeddings,

    /// <summary>One execution of a tool or function.</summary>
    Tool,

    /// <summary>A run of an agent: the models and tools it drives are its children.</summary>
    Agent,

    /// <summary>The rendering of a prompt template.</summary>
    Prompt,

    /// <summary>A fetch of documents from a vector store, index or database.</summary>
    Retriever,

    /// <summary>A re-scoring of candidate documents.</summary>
    Reranker,

    /// <summary>An input or output protection step.</summary>
    Guardrail,

    /// <summary>A judge run over some output.</summary>
    Evaluator,

    /// <summary>An application entry point, or glue between steps.</summary>
    Chain,
}
