namespace AiObs.Http.Calls;

/// <summary>The interfaces of services that are observed.</summary>
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

    /// <summary>Anthropic's messages.</summary>
    Messages,

    /// <summary>Ollama's chat.</summary>
    OllamaChat,

    /// <summary>A response that was created by an earlier request.</summary>
    StoredResponse,
}
