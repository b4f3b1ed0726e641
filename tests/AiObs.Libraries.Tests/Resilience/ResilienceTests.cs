using System.ClientModel;
using System.ClientModel.Primitives;
using AiObs.Libraries.Tests.OpenAI;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using Polly;

namespace AiObs.Libraries.Tests.Resilience;

/// <summary>Model calls over an <see cref="HttpClient"/> whose handler repeats what failed.</summary>
public sealed class ResilienceTests : LibraryTest
{
    [Theory]
    [InlineData(CallStyle.Plain, 429)]
    [InlineData(CallStyle.Plain, 500, 500)]
    [InlineData(CallStyle.Streamed, 429)]
    [InlineData(CallStyle.Streamed, 500, 500)]
    public async Task ObservedClient_HandlerRepeats_IsAsApproved(CallStyle style, params int[] failures)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync([.. failures.Select(status => ModelReply.Fail(status)), Weather.Reply]);
        await using var services = Handlers(repeating => repeating.AddStandardResilienceHandler(RepeatAtOnce));
        using var client = Connect(services, server).GetChatClient(Weather.Model).AsIChatClient().UseAgentObservability(run.Root);

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"Observed.{style}.{string.Join("-", failures)}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task RawClient_HandlerRepeats_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(ModelReply.Fail(429), Weather.Reply);
        await using var services = Handlers(repeating => repeating.AddStandardResilienceHandler(RepeatAtOnce));
        using var client = Connect(services, server, options => options.UseAgentObservability(run.Root))
            .GetChatClient(Weather.Model).AsIChatClient();

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"Raw.{style}");
    }

    [Fact]
    public async Task ObservedClient_HandlerHedges_IsAsApproved()
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(ModelReply.Fail(500), Weather.Reply);
        await using var services = Handlers(static hedging => hedging.AddStandardHedgingHandler().Configure(HedgeFailuresAlone));
        using var client = Connect(services, server).GetChatClient(Weather.Model).AsIChatClient().UseAgentObservability(run.Root);

        await run.RecordAsync(() => AskAsync(client, CallStyle.Plain));

        await run.ApproveAsync("Hedged");
    }

    [Theory]
    [InlineData(true, CallStyle.Plain)]
    [InlineData(true, CallStyle.Streamed)]
    [InlineData(false, CallStyle.Plain)]
    [InlineData(false, CallStyle.Streamed)]
    public async Task Client_HandlerHedgesAFailure_CountsBothRequests(bool isRaw, CallStyle style)
    {
        using var root = new ObservedRoot();
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(ModelReply.Fail(500), Weather.Reply);

        await AskHedgedAsync(root, server, isRaw, style, HedgeFailuresAlone);

        Assert.Equal((2L, 200L), Attempts(root));
        Assert.Equal(["500"], FailuresOf(root));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(true, CallStyle.Plain)]
    [InlineData(true, CallStyle.Streamed)]
    [InlineData(false, CallStyle.Plain)]
    [InlineData(false, CallStyle.Streamed)]
    public async Task Client_HandlerHedgesASlowRequest_CountsBothAndNoFailure(bool isRaw, CallStyle style)
    {
        using var root = new ObservedRoot();
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(Weather.Reply with { Delay = HangGuard.Limit * 2 }, Weather.Reply);

        await AskHedgedAsync(root, server, isRaw, style, static options =>
        {
            HedgeFailuresAlone(options);
            options.Hedging.Delay = TimeSpan.Zero;
        });

        Assert.Equal((2L, 200L), Attempts(root));
        Assert.Empty(FailuresOf(root));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_HedgedRequestFailsToo_CountsEachOnce(bool isRaw)
    {
        using var root = new ObservedRoot();
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(ModelReply.Fail(500), ModelReply.Fail(503));

        await Assert.ThrowsAsync<ClientResultException>(() => AskHedgedAsync(root, server, isRaw, CallStyle.Plain, HedgeFailuresAlone));

        Assert.Equal((2L, 503L), Attempts(root));
        Assert.Equal(["500", "503"], FailuresOf(root));
    }

    [Fact]
    public async Task Client_HandlerHedgesNothing_SaysNothing()
    {
        using var root = new ObservedRoot();
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(Weather.Reply);

        await AskHedgedAsync(root, server, isRaw: false, CallStyle.Plain, HedgeFailuresAlone);

        Assert.Equal((null, null), Attempts(root));
    }

    private static async Task AskHedgedAsync(
        ObservedRoot root, FakeServer server, bool isRaw, CallStyle style, Action<HttpStandardHedgingResilienceOptions> configure)
    {
        await using var services = Handlers(hedging => hedging.AddStandardHedgingHandler().Configure(configure));
        using var sdk = Connect(services, server, options =>
        {
            options.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
            if (isRaw)
            {
                options.UseAgentObservability(root.Root);
            }
        }).GetChatClient(Weather.Model).AsIChatClient();

        await AskAsync(isRaw ? sdk : sdk.UseAgentObservability(root.Root), style);
    }

    private static (object? Count, object? LastStatus) Attempts(ObservedRoot root)
    {
        var span = root.Spans.Only();
        return (span.GetTagItem("aiobs.attempt.count"), span.GetTagItem("aiobs.attempt.last_status"));
    }

    private static IEnumerable<object?> FailuresOf(ObservedRoot root) => root.Spans.Only().Events
        .Where(static happened => happened.Name == "aiobs.attempt.failed")
        .Select(static happened => happened.Tags.Single(static tag => tag.Key == "error.type").Value);

    private static ServiceProvider Handlers(Action<IHttpClientBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddHttpClient("model"));
        return services.BuildServiceProvider();
    }

    private static void RepeatAtOnce(HttpStandardResilienceOptions options)
    {
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.UseJitter = false;
        options.Retry.BackoffType = DelayBackoffType.Constant;
        options.Retry.ShouldRetryAfterHeader = false;

        // By themselves they give up an attempt after ten seconds.
        options.AttemptTimeout.Timeout = HangGuard.Limit;
        options.TotalRequestTimeout.Timeout = HangGuard.Limit * 2;
        options.CircuitBreaker.SamplingDuration = HangGuard.Limit * 2;
    }

    private static void HedgeFailuresAlone(HttpStandardHedgingResilienceOptions options)
    {
        // A second request because the first one failed, not because it took its time.
        options.Hedging.Delay = Timeout.InfiniteTimeSpan;
        options.Endpoint.Timeout.Timeout = HangGuard.Limit;
        options.TotalRequestTimeout.Timeout = HangGuard.Limit * 2;
        options.Endpoint.CircuitBreaker.SamplingDuration = HangGuard.Limit * 2;
    }

    private static OpenAIClient Connect(IServiceProvider services, FakeServer server, Action<OpenAIClientOptions>? configure = null) =>
        Sdk.Connect(server, options =>
        {
            options.Transport = new HttpClientPipelineTransport(services.GetRequiredService<IHttpClientFactory>().CreateClient("model"));
            configure?.Invoke(options);
        });
}
