using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiObs.Cost;
using AiObs.Otlp.Proto;
using AiObs.Store;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Otlp.Tests;

/// <summary>An application that receives spans, on a real socket of this machine.</summary>
internal sealed class ReceiverHost : IAsyncDisposable
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    private readonly WebApplication _app;

    private ReceiverHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/aiobs/v1/traces") };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public AgentObservability Observability => Services.GetRequiredService<AgentObservability>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the application. Every model costs 1 USD for a million tokens in and 10 for a million out.</summary>
    public static async Task<ReceiverHost> StartAsync(
        Action<AgentObservabilityOptions>? observe = null,
        Action<IServiceCollection>? services = null,
        Action<AgentObservabilityBuilder>? build = null,
        Action<WebApplication>? use = null,
        Action<IEndpointConventionBuilder>? endpoint = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var observability = builder.Services.AddAgentObservability(o =>
        {
            // A store hears of all spans of its root's source, those of other tests too.
            o.SourceName = $"otlp-{Guid.NewGuid():N}";
            observe?.Invoke(o);
        }).AddTraces().AddCostTracking(o =>
            o.Pricing.Prices.Add(new() { Model = "*", Rates = { ["input_mtok"] = 1, ["output_mtok"] = 10 } }));
        build?.Invoke(observability);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        use?.Invoke(app);
        var mapped = app.MapAgentObservabilityOtlp("/aiobs");
        endpoint?.Invoke(mapped);
        await app.StartAsync(Token);
        return new(app);
    }

    public Task<HttpResponseMessage> SendAsync(TraceRequest request) => SendAsync(request.ToByteArray(), Protobuf);

    public Task<HttpResponseMessage> SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), Json);

    public Task<HttpResponseMessage> SendAsync(byte[] body, string contentType, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return Client.PostAsync((Uri?)null, content, Token);
    }

    /// <summary>Sends spans and expects that all of them are taken.</summary>
    public async Task TakeAsync(params IEnumerable<Span> spans)
    {
        using var response = await SendAsync(Requests.Of(spans));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new TraceResponse(), TraceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Token)));
    }

    /// <summary>Reads what is kept of all spans, by time.</summary>
    public async Task<IReadOnlyList<SpanRecord>> SpansAsync()
    {
        await Observability.FlushTracesAsync(Token);
        var store = Services.GetRequiredService<ITraceStore>();
        var spans = new List<SpanRecord>();
        await foreach (var trace in TracesAsync(store))
        {
            var page = await store.ListSpansAsync(new() { TraceId = trace, PageSize = SpanQuery.MaxPageSize, Detail = SpanDetail.Content }, Token);
            spans.AddRange(page.Spans);
        }

        return [.. spans.OrderBy(static span => span.Time)];
    }

    public async Task<SpanRecord> SpanAsync() => Assert.Single(await SpansAsync());

    public async Task<IReadOnlyList<CostRecord>> CostsAsync()
    {
        await Observability.Costs!.FlushAsync(Token);
        return (await Observability.Costs!.Store.ListAsync(CostQuery.All, Token)).Records;
    }

    public static byte[] Compress(byte[] body)
    {
        using var written = new MemoryStream();
        using (var gzip = new GZipStream(written, CompressionMode.Compress))
        {
            gzip.Write(body);
        }

        return written.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(Token);
        await _app.DisposeAsync();
    }

    private static async IAsyncEnumerable<string> TracesAsync(ITraceStore store)
    {
        foreach (var trace in (await store.ListAsync(new() { PageSize = TraceQuery.MaxPageSize }, Token)).Traces)
        {
            yield return trace.TraceId;
        }
    }
}
