namespace AiObs.OpenAI.Tests.Http;

public enum WireFormat
{
    ChatCompletions,
    Responses,
    Embeddings,
    Messages,
    Ollama,
}
