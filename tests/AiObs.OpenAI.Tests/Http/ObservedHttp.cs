using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>An <see cref="HttpClient"/> of the factory, observed under a source name of its own, against a server on this machine.</summary>
internal sealed class ObservedHttp : IAsyncDisposable
{
    public const string Key = "sk-canaryapikey";

    /// <summary>What a span says of the one question that most tests ask.</summary>
    public const string Asked = """[{"role":"user","parts":[{"type":"text","content":"Weather?"}]}]""";

    private readonly ServiceProvider _services;

    private ObservedHttp(
        FakeServer server, Action<AgentObservabilityOptions>? configure, Action<AgentObservabilityBuilder>? build, Action<IHttpClientBuilder>? addOutside,
        Action<IHttpClientBuilder>? addInside)
    {
        Server = server;
        Spans = new SpanCollector(Source);
        Metrics = new MetricCollector(Source);
        var services = new ServiceCollection();
        services.AddSingleton(Logs.ToFactory());
        var builder = services.AddAgentObservability();
        builder.Configure(options => options.SourceName = Source);
        builder.ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit);
        builder.Configure(configure ?? (static _ => { }));
        build?.Invoke(builder);

        // The server on this machine stands in for the provider.
        services.Configure<CostTrackingOptions>(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider);
        var http = services.AddHttpClient("model", client =>
        {
            client.BaseAddress = server.BaseAddress;
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        });
        addOutside?.Invoke(http);
        http.AddAgentObservability();
        addInside?.Invoke(http);
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<IHttpClientFactory>().CreateClient("model");
    }

    public string Source { get; } = $"http-{Guid.NewGuid():N}";

    public FakeServer Server { get; }

    public SpanCollector Spans { get; }

    public MetricCollector Metrics { get; }

    public FakeLogCollector Logs { get; } = new();

    /// <summary>Gets what was logged, but by .NET's own handlers.</summary>
    public IReadOnlyList<FakeLogRecord> OurLogs =>
        [.. Logs.GetSnapshot().Where(static record => record.Category?.StartsWith("System.Net.Http", StringComparison.Ordinal) is not true)];

    public HttpClient Client { get; }

    public AgentObservability Root => _services.GetRequiredService<AgentObservability>();

    /// <summary>Gets the only span; fails when there is not exactly one.</summary>
    public Activity Span => Spans.Only();

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public static async Task<ObservedHttp> StartAsync(
        Action<AgentObservabilityOptions>? configure = null, Action<AgentObservabilityBuilder>? build = null,
        Action<IHttpClientBuilder>? addOutside = null, Action<IHttpClientBuilder>? addInside = null) =>
        new(await FakeServer.StartAsync(cancellationToken: TestToken), configure, build, addOutside, addInside);

    public static void WithContent(AgentObservabilityOptions options) => options.CaptureContent = ContentCapture.All;

    /// <summary>Sends a body to one of the interfaces, and returns all that came back.</summary>
    public async Task<string> SendAsync(WireFormat format, string body, CallStyle style = CallStyle.Async)
    {
        using var request = Request(format, body, style);
        using var response = style is CallStyle.Sync or CallStyle.StreamedSync
            ? Client.Send(request, OptionOf(style), TestToken)
            : await Client.SendAsync(request, OptionOf(style), TestToken);
        return await response.Content.ReadAsStringAsync(TestToken);
    }

    /// <summary>Sends a body that asks for a stream, and returns its content as it comes.</summary>
    public async Task<Stream> OpenAsync(WireFormat format, string body, CancellationToken? cancellationToken = null)
    {
        using var request = Request(format, body, CallStyle.Streamed);
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken ?? TestToken);
        return await response.Content.ReadAsStreamAsync(TestToken);
    }

    public static HttpRequestMessage Request(WireFormat format, string body, CallStyle style)
    {
        var json = (JsonObject)JsonNode.Parse(body)!;
        json["stream"] = style is CallStyle.Streamed or CallStyle.StreamedSync;
        return new HttpRequestMessage(HttpMethod.Post, PathOf(format)) { Content = JsonContent.Create(json) };
    }

    public static string PathOf(WireFormat format) => format switch
    {
        WireFormat.Messages => "/v1/messages",
        WireFormat.Ollama => "/api/chat",
        WireFormat.Responses => "/v1/responses",
        WireFormat.Embeddings => "/v1/embeddings",
        _ => "/v1/chat/completions",
    };

    /// <summary>Reads from a stream until a text has come, and returns what came.</summary>
    public static async Task<string> ReadUntilAsync(Stream stream, string text)
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, TestToken);
            Assert.NotEqual(0, count);
            read.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _services.DisposeAsync();
        Metrics.Dispose();
        Spans.Dispose();
        await Server.DisposeAsync();
    }

    private static HttpCompletionOption OptionOf(CallStyle style) =>
        style is CallStyle.Streamed or CallStyle.StreamedSync ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
}
