using System.Collections.Concurrent;
using System.Net;
using AiObs.TestSupport.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>A backend for OTLP over gRPC, on a free loopback port: it notes the calls and accepts everything unread.</summary>
internal sealed class GrpcReceiver : IAsyncDisposable
{
    /// <summary>A frame that is not compressed and holds a message without fields.</summary>
    private static readonly byte[] EmptyMessage = [0, 0, 0, 0, 0];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private GrpcReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Endpoint => new(_app.Urls.First());

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static async Task<GrpcReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new GrpcReceiver();
        await receiver._app.StartAsync(cancellationToken);

        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _requests.Enqueue(new ReceivedRequest(context.Request.Path.Value!, headers, (int)body.Length));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(EmptyMessage, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
