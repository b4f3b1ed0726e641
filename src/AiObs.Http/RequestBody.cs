using System.Net.Http.Json;
using System.Text.Json;

namespace AiObs.Http;

/// <summary>Reads what is about to be sent, without taking anything from it.</summary>
internal static class RequestBody
{
    /// <summary>What is larger holds media that nobody could show.</summary>
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Schemas of tools nest deeper than most JSON.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Tells whether content says that it is JSON.</summary>
    public static bool IsJson(HttpContent content) =>
        content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Tells whether content may be JSON: a text that was given no type of its own is called plain.</summary>
    public static bool MayBeJson(HttpContent content) =>
        content.Headers.ContentType?.MediaType is null or "text/plain" || IsJson(content);

    /// <summary>Parses the body; <see langword="null"/> where it must not be touched, or is not JSON.</summary>
    /// <remarks>
    /// Bytes can be written any number of times. Any other content may be spent by the first, as a sequence in an object that becomes JSON may be, so it is
    /// buffered where its length is known, or it is such an object; then what is sent are the same bytes as without us.
    /// </remarks>
    public static async Task<JsonDocument?> ParseAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength;
        if (length > MaxLength)
        {
            return null;
        }

        if (content is not (ByteArrayContent or ReadOnlyMemoryContent))
        {
            if (length is null && content is not JsonContent)
            {
                return null;
            }

            try
            {
                await content.LoadIntoBufferAsync(MaxLength, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException) when (length is null)
            {
                // It turned out to be longer than that.
                return null;
            }
        }

        using var body = new LimitedBuffer(MaxLength);
        await content.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        try
        {
            return body.IsOver ? null : JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), Options);
        }
        catch (JsonException)
        {
            // The service will say so.
            return null;
        }
    }

    /// <summary>Keeps what is written up to a limit, and nothing of what is longer.</summary>
    private sealed class LimitedBuffer(int limit) : MemoryStream
    {
        public bool IsOver { get; private set; }

        /// <inheritdoc/>
        /// <remarks>Of a stream that is derived from this one, all ways to write come here.</remarks>
        public override void Write(byte[] buffer, int offset, int count)
        {
            IsOver |= count > limit - Length;
            if (!IsOver)
            {
                base.Write(buffer, offset, count);
            }
        }
    }
}
