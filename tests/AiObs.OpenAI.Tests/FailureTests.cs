using System.ClientModel;
using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

/// <summary>Calls that the service refuses, once or for good.</summary>
public sealed class FailureTests
{
    public static TheoryData<CallStyle> Styles => [.. Enum.GetValues<CallStyle>()];

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Call_Refused_IsAFailureThatTheCallerSeesAsItIs(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(400));

        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => client.AskAsync(style));

        Assert.Equal(400, thrown.Status);
        SpanAssert.Status(ActivityStatusCode.Error, "System.ClientModel.ClientResultException", client.Span);
        var expected = ExpectedTags.Chat(client.Server).With(new() { ["error.type"] = "400" });
        SpanAssert.Attributes(
            style is CallStyle.Streamed or CallStyle.StreamedSync ? expected.Streamed("failed", chunks: 0) : expected, client.Span);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Call_AnsweredWithAnotherStatusThanTheSdkTakes_IsAFailure(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(302));

        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => client.AskAsync(style));

        Assert.Equal((302, "302"), (thrown.Status, client.Span.GetTagItem("error.type")));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Call_RefusedWithContentOn_SaysWhatTheSdkSays(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(new ModelReply { Error = new ModelError { Status = 400, Message = "No such city.", Code = "bad_city" } });

        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => client.AskAsync(style));

        SpanAssert.Status(ActivityStatusCode.Error, thrown.Message, client.Span);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Call_RefusedThenAnswered_IsOneSpanWithTwoAttempts(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Sunny."));

        await client.AskAsync(style);

        Assert.Equal((2L, 200L), (client.Span.GetTagItem("aiobs.attempt.count"), client.Span.GetTagItem("aiobs.attempt.last_status")));
        var failed = Assert.Single(client.Span.Events, static item => item.Name == "aiobs.attempt.failed");
        SpanAssert.Attributes(new()
        {
            ["aiobs.attempt.number"] = 1L,
            ["error.type"] = "429",
            ["http.response.status_code"] = 429L,
            ["aiobs.response.retry_after"] = 0.0,
        }, failed.Tags);
        SpanAssert.Status(ActivityStatusCode.Unset, null, client.Span);
    }

    [Fact]
    public async Task Call_RefusedToTheEnd_SaysHowLongToWait()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(429, 0), ModelReply.Fail(503, 0), ModelReply.Fail(429, 0), ModelReply.Fail(429, 17));

        await Assert.ThrowsAsync<ClientResultException>(() => client.AskAsync(CallStyle.Async));

        var expected = ExpectedTags.Chat(client.Server).With(new()
        {
            ["aiobs.response.retry_after"] = 17.0,
            ["aiobs.attempt.count"] = 4L,
            ["aiobs.attempt.last_status"] = 429L,
            ["error.type"] = "429",
        });
        expected["aiobs.response.request_id"] = "req_fake000004";
        SpanAssert.Attributes(expected, client.Span);
        Assert.Equal(
            ["429", "503", "429", "429"],
            client.Span.Events.Where(static item => item.Name == "aiobs.attempt.failed").Select(static item => item.Tags.Single(
                static tag => tag.Key == "error.type").Value));
    }

    [Theory]
    [InlineData("-Infinity")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    public void RetryAfter_NoTimeThatCanBeWaited_IsNone(string text)
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var metrics = new MetricCollector(source);
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));
        using var transport = new CannedTransport([], "application/json", status: System.Net.HttpStatusCode.BadRequest, retryAfter: text);
        var chat = transport.Connect(root, new Uri("https://api.openai.com/v1")).GetChatClient("gpt-4o");

        Assert.Throws<ClientResultException>(() => chat.CompleteChat([new UserChatMessage("Weather?")], cancellationToken: TestToken));

        Assert.Null(spans.Only().GetTagItem("aiobs.response.retry_after"));
        Assert.Empty(metrics.Of("aiobs.faults"));
    }

    [Fact]
    public async Task Call_AttemptsSwitchedOff_SaysNothingOfThem()
    {
        await using var client = await RawClient.StartAsync(static options => options.RecordAttempts = false);
        client.Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Sunny."));

        await client.AskAsync(CallStyle.Async);

        Assert.DoesNotContain(client.Span.TagObjects, static tag => tag.Key.StartsWith("aiobs.attempt", StringComparison.Ordinal));
        Assert.Empty(client.Span.Events);
    }

    [Fact]
    public async Task Call_ServerAway_IsTheExceptionOfTheSdk()
    {
        await using var client = await RawClient.StartAsync();
        var sdk = new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions
        {
            Endpoint = new Uri("http://127.0.0.1:1/v1"),
            RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(maxRetries: 0),
        }.UseAgentObservability(client.Root));

        var thrown = await Assert.ThrowsAnyAsync<Exception>(
            () => sdk.GetChatClient("gpt-4o").CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken));

        Assert.Equal(thrown.GetType().FullName, client.Span.GetTagItem("error.type"));
        SpanAssert.Status(ActivityStatusCode.Error, thrown.GetType().FullName, client.Span);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    public async Task Call_BodyCut_IsAFailure(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();

        // Once for the call and once for each of the SDK's own retries.
        client.Server.Enqueue([.. Enumerable.Repeat(ModelReply.Say("Sunny.") with { CutAfterPieces = 0 }, 4)]);
        var sdk = client.Connect(options =>
        {
            options.UseAgentObservability(client.Root);
            options.RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(maxRetries: 0);
        });

        await Assert.ThrowsAnyAsync<Exception>(async () => _ = style == CallStyle.Sync
            ? sdk.GetChatClient("gpt-4o").CompleteChat([new UserChatMessage("Weather?")], cancellationToken: TestToken)
            : await sdk.GetChatClient("gpt-4o").CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken));

        Assert.Equal(ActivityStatusCode.Error, client.Span.Status);
    }

    [Fact]
    public async Task Call_Cancelled_IsCancelled()
    {
        await using var client = await RawClient.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);
        client.Server.Handler = _ =>
        {
            cancellation.Cancel();
            return ModelReply.Say("Sunny.") with { Delay = HangGuard.Limit };
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.Chat.CompleteChatAsync([new UserChatMessage("Weather?")], cancellationToken: cancellation.Token));

        Assert.Equal("System.Threading.Tasks.TaskCanceledException", client.Span.GetTagItem("error.type"));
        Assert.DoesNotContain(client.Span.TagObjects, static tag => tag.Key.StartsWith("aiobs.attempt", StringComparison.Ordinal));
    }
}
