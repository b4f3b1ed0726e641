using System.Text.Json.Serialization;

namespace FakeModelServer;

/// <summary>Names the protocols that the server speaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelProtocol>))]
public enum ModelProtocol
{
    /// <summary>OpenAI chat completions, <c>POST /v1/chat/completions</c>.</summary>
    OpenAIChatCompletions,

    /// <summary>OpenAI responses, <c>POST /v1/responses</c>.</summary>
    OpenAIResponses,

    /// <summary>OpenAI embeddings, <c>POST /v1/embeddings</c>.</summary>
    OpenAIEmbeddings,

    /// <summary>Anthropic messages, <c>POST /v1/messages</c>.</summary>
    AnthropicMessages,

    /// <summary>Ollama chat, <c>POST /api/chat</c>.</summary>
    OllamaChat,

    /// <summary>Ollama embeddings, <c>POST /api/embed</c>.</summary>
    OllamaEmbed,
}
