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
