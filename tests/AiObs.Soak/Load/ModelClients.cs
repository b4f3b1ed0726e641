using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;

namespace AiObs.Soak.Load;

/// <summary>Holds the real SDK clients, which talk to the server over sockets. They do not retry: each call is one request.</summary>
internal sealed class ModelClients : IDisposable
{
    // The default of two seconds would keep connections of streams that were left open at each checkpoint.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
    private readonly HttpClientPipelineTransport _transport;
    private readonly Dictionary<string, IChatClient> _chats;

    public ModelClients(FakeServer server, AgentObservability observability)
    {
        _transport = new HttpClientPipelineTransport(_http);
        var anthropic = new AnthropicClient(new ClientOptions
        {
            ApiKey = "none",
            BaseUrl = server.BaseAddress.ToString(),
            HttpClient = _http,
            MaxRetries = 0,
        });
        string[] models = [KnownPrices.Large, KnownPrices.Small, KnownPrices.Agreed, KnownPrices.Unpriced];
        _chats = models.ToDictionary(
            static model => model, model => anthropic.AsIChatClient(model).UseAgentObservability(observability), StringComparer.Ordinal);
        var embeddings = new EmbeddingClient(
            KnownPrices.Embeddings,
            new ApiKeyCredential("none"),
            new OpenAIClientOptions { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(0), Transport = _transport });
        Embeddings = new OpenAIEmbeddingGenerator(embeddings, server.OpenAIBaseAddress, KnownPrices.Embeddings)
            .UseAgentObservability(observability);
    }

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; }

    public IChatClient Chat(string model) => _chats[model];

    public void Dispose()
    {
        Embeddings.Dispose();
        foreach (var chat in _chats.Values)
        {
            chat.Dispose();
        }

        _transport.Dispose();
        _http.Dispose();
    }
}
