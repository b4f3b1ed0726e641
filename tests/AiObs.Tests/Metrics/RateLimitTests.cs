using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Metrics;

/// <summary>What is left of rate limits, as providers say it in the headers of real responses.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Gauge = "aiobs.ratelimit.remaining";

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly ConcurrentQueue<string> _requestHeaders = new();
    private (string Name, string Value)[] _headers = [];

    public RateLimitTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app.Run(context =>
        {
            _requestHeaders.Enqueue(string.Join(' ', context.Request.Headers.Select(header => header.Key).Order()));
            foreach (var (name, value) in _headers)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        });
        await _app.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Gauge_HeadersOfOpenAI_ShowsRequestsAndTokensByProviderAndModel()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        _headers = [("x-ratelimit-remaining-requests", "59"), ("x-ratelimit-remaining-tokens", "149984")];

        await AskAsync(root);
        _headers = [("x-ratelimit-remaining-requests", "58"), ("x-ratelimit-remaining-tokens", "149000")];
        await AskAsync(root);

        Assert.Equal(
            [
                "58 aiobs.ratelimit.kind=requests gen_ai.provider.name=stub gen_ai.request.model=stub-model",
                "149000 aiobs.ratelimit.kind=tokens gen_ai.provider.name=stub gen_ai.request.model=stub-model",
            ],
            Read(root));
    }

    [Fact]
    public async Task Gauge_HeadersOfAnthropic_ShowsInputAndOutputTokensToo()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        _headers =
        [
            ("anthropic-ratelimit-requests-remaining", "49"), ("anthropic-ratelimit-tokens-remaining", "48000"),
            ("anthropic-ratelimit-input-tokens-remaining", "40000"), ("anthropic-ratelimit-output-tokens-remaining", "8000"),
        ];

        await AskAsync(root);

        Assert.Equal(["40000 input_tokens", "8000 output_tokens", "49 requests", "48000 tokens"], Read(root).Select(line => string.Join(' ', line.Split(' ', '=').Where((_, i) => i is 0 or 2))));
    }

    [Fact]
    public async Task Gauge_HeadersAbsentOrUnreadable_ShowsNothing()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        _headers = [("x-ratelimit-remaining-requests", "many")];

        await AskAsync(root);

        Assert.Empty(Read(root));
    }

    [Fact]
    public async Task Gauge_FigureOfLongAgo_IsShownNoMore()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        _headers = [("x-ratelimit-remaining-requests", "59")];
        await AskAsync(root);

        root.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Empty(Read(root));
    }

    [Fact]
    public async Task Gauge_FullOfFiguresOfLongAgo_HasRoomForNewOnes()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        using var client = new StubChatClient { OnResponse = AnswerAsync }.UseAgentObservability(root.Root);
        _headers = [.. new[] { "requests", "tokens", "input-tokens", "output-tokens" }.Select(kind => ($"anthropic-ratelimit-{kind}-remaining", "1"))];
        for (var i = 0; i < 251; i++)
        {
            await client.GetResponseAsync("Hi", new() { ModelId = $"old-{i}" }, Token);
        }

        Assert.Equal(4, root.Metrics.Of("aiobs.drops").Count);
        root.Clock.Advance(TimeSpan.FromMinutes(6));
        _headers = [("x-ratelimit-remaining-requests", "59")];
        await client.GetResponseAsync("Hi", new() { ModelId = "new" }, Token);

        Assert.Equal(["59 aiobs.ratelimit.kind=requests gen_ai.provider.name=stub gen_ai.request.model=new"], Read(root));
        Assert.Equal(4, root.Metrics.Of("aiobs.drops").Count);
    }

    [Fact]
    public async Task Gauge_RequestOutsideOfModelCalls_IsNotLookedAt()
    {
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);
        _headers = [("x-ratelimit-remaining-requests", "59")];

        await GetAsync();

        Assert.Empty(Read(root));
    }

    [Fact]
    public async Task RecordRateLimits_Off_MakesNoGauge()
    {
        using var root = new ObservedRoot();
        _headers = [("x-ratelimit-remaining-requests", "59")];

        await AskAsync(root);

        Assert.DoesNotContain(root.Metrics.Instruments, instrument => instrument.Name == Gauge);
    }

    [Fact]
    public async Task RecordRateLimits_On_SendsNoHeaderThatWasNotSentBefore()
    {
        Activity.Current = null;
        await GetAsync();
        using var root = new ObservedRoot(o => o.RecordRateLimits = true);

        await GetAsync();

        Assert.Equal(["Host", "Host"], _requestHeaders);
    }

    [Fact]
    public void Root_Disposed_ListensNoMore()
    {
        using var http = new DiagnosticListener("HttpHandlerDiagnosticListener");
        var root = new ObservedRoot(o => o.RecordRateLimits = true);
        var listened = http.IsEnabled("System.Net.Http.Response");

        root.Dispose();

        Assert.True(listened);
        Assert.False(http.IsEnabled("System.Net.Http.Response"));
    }

    private static List<string> Read(ObservedRoot root)
    {
        root.Metrics.RecordObservableInstruments();
        return
        [
            .. root.Metrics.Of(Gauge)
                .Select(one => $"{one.Value} {string.Join(' ', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}")
                .OrderBy(line => line[line.IndexOf(' ', StringComparison.Ordinal)..], StringComparer.Ordinal),
        ];
    }

    private Task<ChatResponse> AskAsync(ObservedRoot root) => root.AskAsync(new StubChatClient { OnResponse = AnswerAsync });

    private async Task<ChatResponse> AnswerAsync(StubChatCall call)
    {
        await GetAsync();
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."));
    }

    private async Task GetAsync()
    {
        using var response = await _client.GetAsync(_app.Urls.First(), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
