using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using AiObs.TestSupport.Stubs;
using Anthropic;
using Azure;
using Azure.AI.Inference;
using Azure.AI.OpenAI;
using Azure.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OllamaSharp;
using ChatRole = Microsoft.Extensions.AI.ChatRole;
using ClientOptions = Anthropic.Core.ClientOptions;

namespace AiObs.Libraries.Tests.Failures;

/// <summary>Chat clients of the SDKs of providers, which repeat nothing by themselves.</summary>
internal static class FailingClients
{
    private const string Key = "test-key";

    /// <summary>Makes the client of an SDK, by its name.</summary>
    public static IChatClient Connect(string sdk, FakeServer server) => sdk switch
    {
        "OpenAI chat" => OpenAI.Sdk.Connect(server).GetChatClient(Weather.Model).AsIChatClient(),
        "OpenAI responses" => OpenAI.Sdk.Connect(server).GetResponsesClient().AsIChatClient(Weather.Model),
        "Azure OpenAI" => new AzureOpenAIClient(server.BaseAddress, new ApiKeyCredential(Key), OnPath("/v1/chat/completions")).GetChatClient(Weather.Model).AsIChatClient(),
        "Azure Inference" => OfInference(new(server.OpenAIBaseAddress, new AzureKeyCredential(Key), new() { Retry = { MaxRetries = 0 } })),
        "Anthropic" => new AnthropicClient(new ClientOptions { ApiKey = Key, BaseUrl = server.BaseAddress.ToString(), MaxRetries = 0 }).AsIChatClient("claude-sonnet-4-5"),
        "Ollama" => new OllamaApiClient(server.BaseAddress, "llama3.2"),
        _ => throw new ArgumentOutOfRangeException(nameof(sdk)),
    };

    /// <summary>Makes a client of Azure that has to get a token first. Nobody is at its address.</summary>
    public static IChatClient Azure(TokenCredential credential) =>
        new AzureOpenAIClient(new Uri("https://nobody.openai.azure.com"), credential, OnPath("/")).GetChatClient(Weather.Model).AsIChatClient();

    /// <summary>Makes options of a client whose requests go to another path: the server has that of OpenAI alone.</summary>
    private static AzureOpenAIClientOptions OnPath(string path) => new()
    {
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        Transport = new HttpClientPipelineTransport(new HttpClient(new PathHandler(path))),
    };

    /// <summary>Passes a question on to Azure's client for inference, for which there is no adapter.</summary>
    private static StubChatClient OfInference(ChatCompletionsClient client)
    {
        return new StubChatClient
        {
            OnResponse = async call =>
            {
                var answer = await client.CompleteAsync(Options(), call.CancellationToken);
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Value.Content));
            },
            OnStream = call => StreamAsync(call.CancellationToken),
        };

        async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var update in await client.CompleteStreamingAsync(Options(), cancellationToken))
            {
                yield return new(ChatRole.Assistant, update.ContentUpdate);
            }
        }

        static ChatCompletionsOptions Options() => new() { Model = Weather.Model, Messages = { new ChatRequestUserMessage(Weather.Question) } };
    }

    private sealed class PathHandler(string path) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(Turn(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(Turn(request), cancellationToken);

        private HttpRequestMessage Turn(HttpRequestMessage request)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Path = path }.Uri;
            return request;
        }
    }
}
