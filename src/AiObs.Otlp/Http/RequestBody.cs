using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiObs.Otlp.Http;

/// <summary>Reads the body of a request, inflated where it was compressed, as far as it is not too large.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes, as sent and as inflated.</summary>
    public const int MaxLength = 4 << 20;

    private const int BlockLength = 1 << 16;

    /// <exception cref="RequestRefusedException">It is too large, cannot be inflated, or ends too early.</exception>
    public static async Task<MemoryStream> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxLength)
        {
            throw TooLarge();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit && !(limit.MaxRequestBodySize < MaxLength))
        {
            limit.MaxRequestBodySize = MaxLength;
        }

        try
        {
            var encoding = context.Request.Headers.ContentEncoding.ToString();
            if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                return await CopyAsync(context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            }

            if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            {
                throw new RequestRefusedException(
                    StatusCodes.Status415UnsupportedMediaType, RequestRefusedException.InvalidArgument, "The content encoding has to be gzip, or none.");
            }

            var inflated = new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true);
            await using (inflated.ConfigureAwait(false))
            {
                return await CopyAsync(inflated, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, RequestRefusedException.InvalidArgument, "The body is not compressed by gzip, as its content encoding says.");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
    }

    private static async Task<MemoryStream> CopyAsync(Stream source, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        var copy = new MemoryStream();
        try
        {
            while (await source.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                if (copy.Length + read > MaxLength)
                {
                    throw TooLarge();
                }

                copy.Write(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        copy.Position = 0;
        return copy;
    }

    private static RequestRefusedException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, RequestRefusedException.ResourceExhausted, "The body is larger than 4 MiB. Send fewer spans at once.");
}
