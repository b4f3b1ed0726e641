using System.Diagnostics;
using AiObs.OpenTelemetry.Backends.Masking;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Makes the processor that batches spans and sends them to one backend.</summary>
/// <remarks>
/// The exporter is built directly and not with <c>AddOtlpExporter</c>, which refuses to stand beside <c>UseOtlpExporter</c>: an application
/// may send everything to a collector that way and its agents' spans to a backend of ours besides.
/// </remarks>
internal static class ExporterProcessor
{
    private const int MaxResponseBytes = 4 * 1024 * 1024;

    public static BaseProcessor<Activity> Create<TOptions>(TOptions options, BackendRule<TOptions> rule)
        where TOptions : BackendExporterOptionsBase
    {
        var otlp = new OtlpExporterOptions
        {
            Endpoint = rule.AddressOf(options),
            Protocol = rule.ProtocolOf(options),
            Headers = null, // what the environment says is for another backend
        };
        if (rule.IsCompressed)
        {
            otlp.Compression = OtlpExportCompression.GZip;
        }

        if (options.Timeout is { } timeout)
        {
            otlp.TimeoutMilliseconds = (int)timeout.TotalMilliseconds;
        }

        var masks = new SentMasks();
        var headers = rule.HeadersOf(options).Where(header => !options.Headers.ContainsKey(header.Key)).Concat(options.Headers).ToList();
        otlp.HttpClientFactory = () => CreateClient(headers, TimeSpan.FromMilliseconds(otlp.TimeoutMilliseconds), masks);
        return Batch(options, rule.LargestBatch, otlp, masks);
    }

    /// <summary>Puts headers on the client: the exporter's own way decodes them and splits them at commas.</summary>
    private static HttpClient CreateClient(IEnumerable<KeyValuePair<string, string>> headers, TimeSpan timeout, SentMasks masks)
    {
        var client = new HttpClient(new MaskingHandler(masks) { InnerHandler = new HttpClientHandler() })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    private static BatchActivityExportProcessor Batch(
        BackendExporterOptionsBase options, int largestBatch, OtlpExporterOptions otlp, SentMasks masks)
    {
        var defaults = otlp.BatchExportProcessorOptions;
        var queueCapacity = options.QueueCapacity ?? Math.Max(defaults.MaxQueueSize, options.BatchSize ?? 1);
        return new BatchActivityExportProcessor(
            new MaskingTraceExporter(otlp, masks),
            queueCapacity,
            options.BatchDelay is { } delay ? (int)delay.TotalMilliseconds : defaults.ScheduledDelayMilliseconds,
            defaults.ExporterTimeoutMilliseconds,
            options.BatchSize ?? Math.Min(Math.Min(defaults.MaxExportBatchSize, largestBatch), queueCapacity));
    }
}
