using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using OpenAI.Embeddings;
using OpenAI.Responses;

namespace FakeModelServer.Tests;

/// <summary>Makes real SDK clients that talk to a fake server. They do not retry unless told to.</summary>
internal static class Clients
{
    private static readonly ApiKeyCredential Key = new("test-key");

    public static OpenAI.Chat.ChatClient CreateOpenAIChat(FakeServer server, int retries = 0) =>
        new("gpt-4o", Key, CreateOpenAIOptions(server, retries));

    public static EmbeddingClient CreateEmbeddings(FakeServer server) =>
        new("text-embedding-3-small", Key, CreateOpenAIOptions(server, retries: 0));

    public static ResponsesClient CreateResponses(FakeServer server) =>
        new(Key, new ResponsesClientOptions { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    public static IChatClient CreateOpenAIChatClient(FakeServer server) => CreateOpenAIChat(server).AsIChatClient();

    public static IChatClient CreateResponsesChatClient(FakeServer server) => CreateResponses(server).AsIChatClient("o4-mini");

    public static AnthropicClient CreateAnthropic(FakeServer server, int retries = 0) =>
        new(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = retries });

    public static IChatClient CreateAnthropicChat(FakeServer server, int retries = 0) =>
        CreateAnthropic(server, retries).AsIChatClient("claude-sonnet-4-5");

    public static IChatClient CreateOllamaChat(FakeServer server) => new OllamaApiClient(server.BaseAddress, "llama3.2");

    public static IEmbeddingGenerator<string, Embedding<float>> CreateOllamaEmbeddings(FakeServer server) =>
        new OllamaApiClient(server.BaseAddress, "all-minilm");

    private static OpenAIClientOptions CreateOpenAIOptions(FakeServer server, int retries) =>
        new() { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(retries) };
}
