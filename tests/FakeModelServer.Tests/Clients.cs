using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;

namespace FakeModelServer.Tests;

/// <summary>Makes real SDK clients that talk to a fake server.</summary>
internal static class Clients
{
    public static OpenAI.Chat.ChatClient CreateOpenAIChat(FakeServer server, int retries = 0) =>
        new("gpt-4o", new ApiKeyCredential("test-key"), CreateOpenAIOptions(server, retries));

    public static AnthropicClient CreateAnthropic(FakeServer server, int retries = 0) =>
        new(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = retries });

    public static IChatClient CreateAnthropicChat(FakeServer server, int retries = 0) =>
        CreateAnthropic(server, retries).AsIChatClient("claude-sonnet-4-5");

    private static OpenAIClientOptions CreateOpenAIOptions(FakeServer server, int retries) =>
        new() { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(retries) };
}
