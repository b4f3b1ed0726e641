using System.IO.Compression;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiObs.TestSupport.Otlp;

/// <summary>A backend for OTLP over HTTP with protobuf bodies, on a free loopback port, that keeps what it is sent.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CollectedList<ReceivedRequest> _requests = new();
    private readonly CollectedList<ReceivedSpan> _spans = new();
    private readonly CollectedList<ReceivedMetric> _metrics = new();
    private readonly CollectedList<ReceivedLog> _logs = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Gets the address that the receiver listens on, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>Gets or sets how requests are answered.</summary>
    /// <value>The default accepts everything.</value>
    public Func<ReceivedRequest, OtlpResponse> Respond { get; set; } = _ => OtlpResponse.Accepted;

    /// <summary>Gets every request so far, refused ones included.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.Items;

    /// <summary>Gets the spans accepted so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => _spans.Items;

    /// <summary>Gets the metrics accepted so far, one entry per export.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => _metrics.Items;

    /// <summary>Gets the log records accepted so far.</summary>
    public IReadOnlyList<ReceivedLog> Logs => _logs.Items;

    /// <summary>Starts a receiver; it is ready when the task completes.</summary>
    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken = default)
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(cancellationToken);

        return receiver;
    }

    /// <summary>Waits until at least so many spans were accepted and returns all of them.</summary>
    public Task<IReadOnlyList<ReceivedSpan>> WaitForSpansAsync(int count, CancellationToken cancellationToken) =>
        _spans.WaitForAsync(count, cancellationToken);

    /// <summary>Waits until at least so many metrics were accepted and returns all of them.</summary>
    public Task<IReadOnlyList<ReceivedMetric>> WaitForMetricsAsync(int count, CancellationToken cancellationToken) =>
        _metrics.WaitForAsync(count, cancellationToken);

    /// <summary>Waits until at least so many log records were accepted and returns all of them.</summary>
    public Task<IReadOnlyList<ReceivedLog>> WaitForLogsAsync(int count, CancellationToken cancellationToken) =>
        _logs.WaitForAsync(count, cancellationToken);

    /// <summary>Waits until at least so many requests came, refused ones included, and returns all of them.</summary>
    public Task<IReadOnlyList<ReceivedRequest>> WaitForRequestsAsync(int count, CancellationToken cancellationToken) =>
        _requests.WaitForAsync(count, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context.Request, context.RequestAborted);
        var request = new ReceivedRequest(
            context.Request.Path.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.Length);
        var response = Respond(request);
        if (response.IsSuccess)
        {
            response = Keep(request.Path, body);
        }

        // Signalled after the data is kept, so that whoever waits for the request finds it.
        _requests.Add(request);
        context.Response.StatusCode = response.StatusCode;
        context.Response.ContentType = "application/x-protobuf";
        if (response.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }
    }

    private OtlpResponse Keep(string path, byte[] body)
    {
        try
        {
            switch (path[(path.LastIndexOf('/') + 1)..])
            {
                case "traces":
                    _spans.AddRange([.. WireSpans.Decode(body)]);
                    break;
                case "metrics":
                    _metrics.AddRange([.. WireMeasurements.Decode(body)]);
                    break;
                case "logs":
                    _logs.AddRange([.. WireRecords.Decode(body)]);
                    break;
                default:
                    return new OtlpResponse(StatusCodes.Status404NotFound);
            }

            return OtlpResponse.Accepted;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidProtocolBufferException)
        {
            return new OtlpResponse(StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isCompressed = request.Headers.ContentEncoding.Contains("gzip");
        await using var body = isCompressed ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken);

        return buffer.ToArray();
    }
}
