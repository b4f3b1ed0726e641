using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>
/// Puts masked values into a request before it leaves. Where that fails, or where it is not known what is masked, nothing leaves: the exporter
/// counts the request as failed.
/// </summary>
internal sealed class MaskingHandler(SentMasks masks) : DelegatingHandler
{
    private const string Grpc = "application/grpc";
    private const string GZip = "gzip";

    /// <summary>A message of gRPC begins with a flag for compression and four bytes of length.</summary>
    private const int GrpcPrefix = 5;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Mask(request, cancellationToken);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Mask(request, cancellationToken);
        return base.SendAsync(request, cancellationToken);
    }

    private void Mask(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The SDK's retry from disk sends bytes that it kept, on a thread of its own: which of their events are masked was never written down.
        var masked = masks.Current ?? throw new InvalidOperationException(
            "A request that was kept to be sent again is not sent: what is to be masked in it is not known any more. "
            + "Leave OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY out, or set it to in_memory.");
        if (masked.Count == 0 || request.Content is not { } content)
        {
            return;
        }

        using var read = new MemoryStream();
        content.CopyTo(read, context: null, cancellationToken);
        var body = read.ToArray();
        var written = new ByteArrayContent(
            content.Headers.ContentType?.MediaType == Grpc ? InGrpc(body, masked)
            : content.Headers.ContentEncoding.Contains(GZip) ? Compress(Write(Decompress(body), masked))
            : Write(body, masked));
        foreach (var (name, values) in content.Headers.Where(static header => header.Key != "Content-Length"))
        {
            written.Headers.TryAddWithoutValidation(name, values);
        }

        request.Content = written;
        content.Dispose();
    }

    private static byte[] InGrpc(byte[] body, IReadOnlyDictionary<ActivitySpanId, MaskedEvents> masked)
    {
        var isCompressed = body[0] != 0;
        var message = body[GrpcPrefix..];
        message = isCompressed ? Compress(Write(Decompress(message), masked)) : Write(message, masked);
        byte[] framed = [body[0], 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        return framed;
    }

    private static byte[] Write(byte[] request, IReadOnlyDictionary<ActivitySpanId, MaskedEvents> masked) =>
        new MaskedRequest(masked).Write(request);

    private static byte[] Decompress(byte[] bytes)
    {
        using var written = new MemoryStream();
        using (var read = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
        {
            read.CopyTo(written);
        }

        return written.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var written = new MemoryStream();
        using (var compressed = new GZipStream(written, CompressionMode.Compress))
        {
            compressed.Write(bytes);
        }

        return written.ToArray();
    }
}
