using System.ClientModel;
using System.ClientModel.Primitives;
using FakeModelServer;
using OpenAI;

namespace AiObs.Libraries.Tests.OpenAI;

/// <summary>The official SDK, pointed at a server on this machine. It repeats nothing by itself unless told to.</summary>
internal static class Sdk
{
    public static OpenAIClient Connect(FakeServer server, Action<OpenAIClientOptions>? configure = null)
    {
        var options = new OpenAIClientOptions { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        configure?.Invoke(options);
        return new OpenAIClient(new ApiKeyCredential("test-key"), options);
    }
}
