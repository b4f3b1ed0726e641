using System.Net;
using AiObs.TestSupport;
using Anthropic;
using Anthropic.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;

namespace AiObs.Libraries.Tests.Failures;

/// <summary>What is left of rate limits, from the headers that the SDKs of OpenAI and Anthropic get.</summary>
public sealed class RateLimitTests : LibraryTest, IAsyncLifetime
{
    private const string Completion = """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Dry."}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";
    private const string Message = """{"id":"m1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"text","text":"Dry."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""";

    private readonly WebApplication _app;
    private int _status = 200;

    public RateLimitTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
    }

    public async ValueTask InitializeAsync()
    {
        _app.Run(context =>
        {
            var isOpenAI = context.Request.Path.Value!.EndsWith("completions", StringComparison.Ordinal);
            (string Name, string Value)[] headers = isOpenAI
                ? [("x-ratelimit-remaining-requests", "59"), ("x-ratelimit-remaining-tokens", "149984")]
                : [("anthropic-ratelimit-requests-remaining", "49"), ("anthropic-ratelimit-input-tokens-remaining", "40000"), ("anthropic-ratelimit-output-tokens-remaining", "8000")];
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.StatusCode = _status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(_status == 200 ? isOpenAI ? Completion : Message : "{}");
        });
        await _app.StartAsync(Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    public async Task Gauge_OfOpenAIsSdk_ShowsWhatIsLeft(int status)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(_app.Urls.First() + "/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) };
        var model = new OpenAIClient(new System.ClientModel.ApiKeyCredential("test-key"), options).GetChatClient("gpt-4o").AsIChatClient();

        Assert.Equal(
            ["149984 tokens openai gpt-4o", "59 requests openai gpt-4o"],
            await ReadAsync(model, status));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    public async Task Gauge_OfAnthropicsSdk_ShowsWhatIsLeft(int status)
    {
        var model = new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = _app.Urls.First(), MaxRetries = 0 }).AsIChatClient("claude-sonnet-4-5");

        Assert.Equal(
            ["40000 input_tokens anthropic claude-sonnet-4-5", "49 requests anthropic claude-sonnet-4-5", "8000 output_tokens anthropic claude-sonnet-4-5"],
            await ReadAsync(model, status));
    }

    private async Task<List<string>> ReadAsync(IChatClient model, int status)
    {
        _status = status;
        using var root = new ObservedRoot(static options => options.RecordRateLimits = true);
        if (status == 200)
        {
            await root.AskAsync(model);
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => root.AskAsync(model));
        }

        root.Metrics.RecordObservableInstruments();
        return
        [
            .. root.Metrics.Of("aiobs.ratelimit.remaining")
                .Select(static one => $"{one.Value} {one.Tags["aiobs.ratelimit.kind"]} {one.Tags["gen_ai.provider.name"]} {one.Tags["gen_ai.request.model"]}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
