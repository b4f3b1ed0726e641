using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>The real SDKs with their real addresses, over a transport that answers by itself.</summary>
/// <param name="body">What it answers.</param>
internal sealed class StubbedHttp(string body) : HttpMessageHandler
{
    public static IChatClient OpenAIChat(string address, string model, string body) =>
        Connect(address, body).GetChatClient(model).AsIChatClient();

    public static IChatClient OpenAIResponses(string address, string model, string body) =>
        Connect(address, body).GetResponsesClient().AsIChatClient(model);

    public static OpenAIClient Connect(string address, string body, Action<OpenAIClientOptions>? configure = null)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(address),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(new HttpClient(new StubbedHttp(body))),
        };
        configure?.Invoke(options);
        return new OpenAIClient(new ApiKeyCredential("test-key"), options);
    }

    public static IChatClient Anthropic(string address, string model, string body) =>
        new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = address, MaxRetries = 0, HttpClient = new HttpClient(new StubbedHttp(body)) })
            .AsIChatClient(model);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, Encoding.UTF8, body.StartsWith('{') ? "application/json" : "text/event-stream"),
        });
}
