using System.Net;
using System.Net.Http.Headers;
using AiObs.Cost.Pricing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Prices;

/// <summary>Fetches a price table over HTTP, and nothing that is larger than one.</summary>
internal sealed class PriceDownload(IHttpClientFactory clients, Uri url)
{
    /// <summary>The name of the HTTP client, which an application may configure.</summary>
    public const string ClientName = "AiObs.Prices";

    private const int LargestSignature = 1024;

    /// <summary>Adds the HTTP client: no redirects, no cookies, and the standard retries.</summary>
    public static void AddClient(IServiceCollection services) => services
        .AddHttpClient(ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
        .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
        })
        .RemoveAllLoggers()
        .AddStandardResilienceHandler();

    /// <summary>Fetches the table, unless it is still the one that is known.</summary>
    /// <param name="etag">The tag of the table that is known, where one is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The table; <see langword="null"/> where it is the one that is known.</returns>
    /// <exception cref="HttpRequestException">There was no answer, or another one than a table.</exception>
    /// <exception cref="InvalidDataException">The answer cannot be unpacked, or is too large.</exception>
    public async Task<DownloadedTable?> GetAsync(string? etag, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(url, etag, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified && etag is not null)
        {
            return null;
        }

        return new(await ReadAsync(response, PublishedPrices.Limit, cancellationToken).ConfigureAwait(false), response.Headers.ETag?.ToString());
    }

    /// <summary>Fetches the signature of the table.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<byte[]> GetSignatureAsync(CancellationToken cancellationToken)
    {
        var place = new UriBuilder(url);
        place.Path += ".sig";
        using var response = await SendAsync(place.Uri, etag: null, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, LargestSignature, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri place, string? etag, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Get, place);
        if (etag is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(etag));
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a body as it is after unpacking, so that a small one that unpacks to a large one is refused too.</summary>
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (bytes.Length + count > limit)
                {
                    throw new InvalidDataException($"The answer is larger than {limit} bytes.");
                }

                bytes.Write(buffer, 0, count);
            }

            return bytes.ToArray();
        }
    }
}
