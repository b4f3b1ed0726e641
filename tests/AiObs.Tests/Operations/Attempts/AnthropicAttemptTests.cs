using System.Diagnostics;
using AiObs.TestSupport;
using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations.Attempts;

/// <summary>Lets the real SDK repeat requests by itself, with nothing of ours between it and the network.</summary>
public sealed class AnthropicAttemptTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_RefusedOnceThenAnswered_SaysSo(bool isStreaming)
    {
        var span = await CallAsync(isStreaming, ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Sunny."));

        Assert.Equal(("2", "200"), AttemptTags.Of(span));
        Assert.Equal(
            "aiobs.attempt.failed\n  aiobs.attempt.number: long 1\n  error.type: string \"429\"\n  http.response.status_code: long 429",
            AttemptTags.EventsOf(span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_FailsToTheEnd_CountsEveryAttempt(bool isStreaming)
    {
        var span = await CallAsync(isStreaming, ModelReply.Fail(500, 0), ModelReply.Fail(500, 0), ModelReply.Fail(500, 0));

        Assert.Equal(("3", "500"), AttemptTags.Of(span));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(3, span.Events.Count(static item => item.Name == "aiobs.attempt.failed"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_AnsweredAtOnce_SaysNothingOfAttempts(bool isStreaming)
    {
        var span = await CallAsync(isStreaming, ModelReply.Say("Sunny."));

        Assert.Equal((null, null), AttemptTags.Of(span));
        Assert.Equal("", AttemptTags.EventsOf(span));
    }

    [Fact]
    public async Task Call_RefusedForGood_SaysNothingOfAttempts()
    {
        var span = await CallAsync(isStreaming: false, ModelReply.Fail(400));

        Assert.Equal((null, null), AttemptTags.Of(span));
        Assert.Equal("", AttemptTags.EventsOf(span));
    }

    [Fact]
    public async Task Call_AttemptsSwitchedOff_SaysNothingOfAttempts()
    {
        var span = await CallAsync(
            isStreaming: false, static options => options.RecordAttempts = false, ModelReply.Fail(429, 0), ModelReply.Say("Sunny."));

        Assert.Equal((null, null), AttemptTags.Of(span));
        Assert.Equal("", AttemptTags.EventsOf(span));
    }

    private static Task<Activity> CallAsync(bool isStreaming, params ModelReply[] replies) =>
        CallAsync(isStreaming, static _ => { }, replies);

    private static async Task<Activity> CallAsync(bool isStreaming, Action<AgentObservabilityOptions> configure, params ModelReply[] replies)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(replies);
        using var root = new ObservedRoot(configure);
        using var client = new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = 2 })
            .AsIChatClient("claude-sonnet-4-5")
            .UseAgentObservability(root.Root);
        try
        {
            if (isStreaming)
            {
                await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);
            }
            else
            {
                await client.GetResponseAsync("Weather?", cancellationToken: TestToken);
            }
        }
        catch (Anthropic.Exceptions.AnthropicApiException)
        {
            // Some of the replies are meant to end so; the span says what happened.
        }

        Assert.Equal(replies.Length, server.Requests.Count);
        return root.Spans.Only();
    }
}
