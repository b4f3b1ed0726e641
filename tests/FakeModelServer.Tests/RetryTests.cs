using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FakeModelServer.Tests;

/// <summary>Shows that the SDKs take the rate limit for a real one, and how many requests a retried call makes.</summary>
public sealed class RetryTests : FakeServerTest
{
    [Fact]
    public async Task GetResponseAsync_RateLimitedOnce_SucceedsAtTheSecondRequest()
    {
        Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Sunny."));
        using var client = Clients.CreateAnthropicChat(Server, retries: 1);

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal(("Sunny.", 2), (response.Text, Server.Requests.Count));
    }

    [Fact]
    public async Task CompleteChatAsync_RateLimitedOnce_SucceedsAtTheSecondRequest()
    {
        Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Sunny."));

        ChatCompletion completion = await Clients.CreateOpenAIChat(Server, retries: 1)
            .CompleteChatAsync([new UserChatMessage("Weather?")], null, TestToken);

        Assert.Equal(("Sunny.", 2), (completion.Content[0].Text, Server.Requests.Count));
    }

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/chat/completions")]
    public async Task Post_RateLimited_AnnouncesWhenToRetry(string path)
    {
        Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 7));
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent("{}");

        var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestToken);

        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }
}
