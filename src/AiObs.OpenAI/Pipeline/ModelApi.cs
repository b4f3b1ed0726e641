namespace AiObs.OpenAI.Pipeline;

/// <summary>The interfaces of the service that are observed.</summary>
internal enum ModelApi
{
    /// <summary>Anything else: it passes untouched.</summary>
    None,

    /// <summary>Chat completions.</summary>
    ChatCompletions,

    /// <summary>Responses.</summary>
    Responses,

    /// <summary>Embeddings.</summary>
    Embeddings,

    /// <summary>A response that was created by an earlier request.</summary>
    StoredResponse,
}
