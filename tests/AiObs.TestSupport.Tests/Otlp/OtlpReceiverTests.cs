using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using AiObs.TestSupport.Otlp;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

[assembly: AssemblyFixture(typeof(PatientExport))]

namespace AiObs.TestSupport.Tests.Otlp;

/// <summary>Sends with the real exporter of OpenTelemetry, so that our field numbers are held against somebody else's.</summary>
public sealed class OtlpReceiverTests : IAsyncLifetime
{
    private OtlpReceiver _receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.StartAsync(Token);

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Spans_SentByTheRealExporter_ArriveWhole()
    {
        using var source = new ActivitySource(new ActivitySourceOptions(nameof(Spans_SentByTheRealExporter_ArriveWhole))
        {
            Version = "1.2.3",
            Tags = new Dictionary<string, object?> { ["scope.key"] = "s" },
        });
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        Activity? parent;
        Activity? child;
        using (TracesTo("prefix/v1/traces", source.Name))
        {
            using (parent = source.StartActivity("agent"))
            using (child = source.StartActivity("chat m", ActivityKind.Client))
            {
                child!.TraceStateString = "vendor=1";
                child.SetTag("text", "héllo").SetTag("whole", 42L).SetTag("real", 0.25).SetTag("flag", true);
                child.SetTag("texts", new[] { "a", "b" }).SetTag("wholes", new[] { 1L, 2L });
                child.AddEvent(new ActivityEvent("exception", DateTimeOffset.UnixEpoch, new() { ["exception.type"] = "E" }));
                child.AddLink(new ActivityLink(linked, new() { ["why"] = "retry" }));
                child.SetStatus(ActivityStatusCode.Error, "timeout");
            }
        }

        var spans = await _receiver.WaitForSpansAsync(2, Token);

        var span = Assert.Single(spans, received => received.Name == "chat m");
        Assert.Equal((child.TraceId.ToHexString(), child.SpanId.ToHexString()), (span.TraceId, span.SpanId));
        Assert.Equal(parent!.SpanId.ToHexString(), span.ParentId);
        Assert.Equal((ActivityKind.Client, "vendor=1"), (span.Kind, span.TraceState));
        Assert.Equal((ActivityStatusCode.Error, "timeout"), (span.Status, span.StatusMessage));
        Assert.Equal((child.StartTimeUtc, child.StartTimeUtc + child.Duration), (span.Start.UtcDateTime, span.End.UtcDateTime));
        SpanAssert.Attributes(
            new()
            {
                ["text"] = "héllo",
                ["whole"] = 42L,
                ["real"] = 0.25,
                ["flag"] = true,
                ["texts"] = new[] { "a", "b" },
                ["wholes"] = new[] { 1L, 2L },
            },
            span.Attributes);
        var received = Assert.Single(span.Events);
        Assert.Equal(("exception", DateTimeOffset.UnixEpoch), (received.Name, received.Time));
        SpanAssert.Attributes(new() { ["exception.type"] = "E" }, received.Attributes);
        var link = Assert.Single(span.Links);
        Assert.Equal((linked.TraceId.ToHexString(), linked.SpanId.ToHexString()), (link.TraceId, link.SpanId));
        SpanAssert.Attributes(new() { ["why"] = "retry" }, link.Attributes);
        Assert.Equal((source.Name, "1.2.3"), (span.Scope.Name, span.Scope.Version));
        SpanAssert.Attributes(new() { ["scope.key"] = "s" }, span.Scope.Attributes);
        Assert.Equal("receiver-test", span.Scope.Resource["service.name"]);
        Assert.Equal("/prefix/v1/traces", _receiver.Requests[0].Path);
        Assert.Equal("secret", _receiver.Requests[0].Headers["X-Api-Key"]);
        Assert.Null(Assert.Single(spans, other => other.Name == "agent").ParentId);
    }

    [Fact]
    public async Task Spans_MoreThan128Attributes_CountTheDropped()
    {
        using var source = new ActivitySource(nameof(Spans_MoreThan128Attributes_CountTheDropped));
        using (TracesTo("v1/traces", source.Name))
        {
            using var span = source.StartActivity("wide")!;
            foreach (var number in Enumerable.Range(0, 130))
            {
                span.SetTag($"key.{number}", number);
            }
        }

        var received = Assert.Single(await _receiver.WaitForSpansAsync(1, Token));

        Assert.Equal((128, 2), (received.Attributes.Count, received.DroppedAttributes));
    }

    [Fact]
    public async Task Metrics_SentByTheRealExporter_ArriveWhole()
    {
        using var meter = new Meter(nameof(Metrics_SentByTheRealExporter_ArriveWhole), "2.0");
        using (var provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("receiver-test"))
            .AddMeter(meter.Name)
            .AddOtlpExporter(options => Configure(options, "v1/metrics"))
            .Build())
        {
            var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] };
            var histogram = meter.CreateHistogram("duration", "s", "How long.", advice: advice);
            histogram.Record(0.5, new KeyValuePair<string, object?>("model", "m"));
            histogram.Record(20, new KeyValuePair<string, object?>("model", "m"));
            meter.CreateCounter<long>("calls").Add(3);
            meter.CreateUpDownCounter<long>("active").Add(-1);
            meter.CreateObservableGauge("load", () => 0.75);

            // A disposal alone waits for no longer than five seconds.
            provider.Shutdown();
        }

        var metrics = (await _receiver.WaitForMetricsAsync(4, Token)).ToDictionary(metric => metric.Name);

        var duration = metrics["duration"];
        Assert.Equal(("s", "How long.", ReceivedMetricKind.Histogram), (duration.Unit, duration.Description, duration.Kind));
        var point = Assert.Single(duration.Points);
        Assert.Equal((20.5, 2L), (point.Value, point.Count));
        Assert.Equal([1, 10], point.Bounds);
        Assert.Equal([1, 0, 1], point.BucketCounts);
        SpanAssert.Attributes(new() { ["model"] = "m" }, point.Attributes);
        Assert.Equal((meter.Name, "2.0"), (duration.Scope.Name, duration.Scope.Version));
        Assert.Equal("receiver-test", duration.Scope.Resource["service.name"]);
        Assert.Equal((ReceivedMetricKind.Counter, 3L), (metrics["calls"].Kind, metrics["calls"].Points[0].Value));
        Assert.Equal((ReceivedMetricKind.Sum, -1L), (metrics["active"].Kind, metrics["active"].Points[0].Value));
        Assert.Equal((ReceivedMetricKind.Gauge, 0.75), (metrics["load"].Kind, metrics["load"].Points[0].Value));
    }

    [Fact]
    public async Task Logs_SentByTheRealExporter_ArriveWhole()
    {
        using var activity = new Activity("ambient").Start();
        using (var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(telemetry => telemetry
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("receiver-test"))
            .AddOtlpExporter((options, processor) =>
            {
                Configure(options, "v1/logs");
                processor.ExportProcessorType = ExportProcessorType.Simple;
            }))))
        {
            factory.CreateLogger("AiObs.Chat").LogWarning(new EventId(7, "gen_ai.client.operation.exception"), "{Count} failed", 3);
        }

        var log = Assert.Single(await _receiver.WaitForLogsAsync(1, Token));

        Assert.Equal(("gen_ai.client.operation.exception", "Warning", "{Count} failed"), (log.EventName, log.Severity, log.Body));
        Assert.Equal(3L, log.Attributes["Count"]);
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (log.TraceId, log.SpanId));
        Assert.Equal("AiObs.Chat", log.Scope.Name);
        Assert.Equal("receiver-test", log.Scope.Resource["service.name"]);
    }

    [Fact]
    public async Task Respond_TooManyRequests_IsSentWithRetryAfterAndKeepsNothing()
    {
        _receiver.Respond = _ => new OtlpResponse(429, RetryAfter: 7);
        using var client = new HttpClient();

        using var response = await client.PostAsync(new Uri(_receiver.Endpoint, "v1/traces"), new ByteArrayContent([]), Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Single(await _receiver.WaitForRequestsAsync(1, Token));
        Assert.Empty(_receiver.Spans);
    }

    [Fact]
    public async Task Body_NotProtobuf_IsRefused()
    {
        using var client = new HttpClient();

        using var response = await client.PostAsync(new Uri(_receiver.Endpoint, "v1/traces"), new ByteArrayContent([0xFF]), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Body_CompressedWithGzip_IsRead()
    {
        using var buffer = new MemoryStream();
        await using (var gzip = new GZipStream(buffer, CompressionMode.Compress, leaveOpen: true))
        {
            // Field 1, length 0: a request with one empty resource.
            await gzip.WriteAsync(new byte[] { 0x0A, 0x00 }, Token);
        }

        using var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var client = new HttpClient();

        using var response = await client.PostAsync(new Uri(_receiver.Endpoint, "v1/traces"), content, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, _receiver.Requests[0].BodyLength);
    }

    private TracerProvider TracesTo(string path, string sourceName) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService("receiver-test"))
        .AddSource(sourceName)
        .AddOtlpExporter(options => Configure(options, path))
        .Build();

    private void Configure(OtlpExporterOptions options, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(_receiver.Endpoint, path);
        options.Headers = "X-Api-Key=secret";

        // Each span is sent before the call that ends it returns.
        options.ExportProcessorType = ExportProcessorType.Simple;
    }
}
