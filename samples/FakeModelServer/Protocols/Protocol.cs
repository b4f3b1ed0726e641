using FakeModelServer.Protocols.Anthropic;
using FakeModelServer.Protocols.Ollama;
using FakeModelServer.Protocols.OpenAI;

namespace FakeModelServer.Protocols;

/// <summary>Is one protocol: where it is served, who reads it and who writes it.</summary>
internal sealed record Protocol(ModelProtocol Id, string Path, IRequestReader Reader, IReplyWriter Writer)
{
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new(ModelProtocol.OpenAIChatCompletions, "/v1/chat/completions", new ChatCompletionsReader(), new ChatCompletionsWriter()),
        new(ModelProtocol.OpenAIResponses, "/v1/responses", new ResponsesReader(), new ResponsesWriter()),
        new(ModelProtocol.OpenAIEmbeddings, "/v1/embeddings", new EmbeddingsReader(), new EmbeddingsWriter()),
        new(ModelProtocol.AnthropicMessages, "/v1/messages", new MessagesReader(), new MessagesWriter()),
        new(ModelProtocol.OllamaChat, "/api/chat", new ChatReader(), new ChatWriter()),
        new(ModelProtocol.OllamaEmbed, "/api/embed", new EmbedReader(), new EmbedWriter()),
    ];
}
