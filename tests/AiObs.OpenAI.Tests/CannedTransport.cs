using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Http.Headers;
using OpenAI;

namespace AiObs.OpenAI.Tests;

/// <summary>Answers every request with the same bytes, in pieces of the sizes that a test wants, without any network.</summary>
internal sealed class CannedTransport(
    byte[] body,
    string contentType,
    IReadOnlyList<int>? pieces = null,
    HttpStatusCode status = HttpStatusCode.OK,
    string? retryAfter = null) : HttpMessageHandler
{
    /// <summary>Makes a client of an endpoint that is answered by this.</summary>
    public OpenAIClient Connect(AgentObservability root, Uri endpoint) => Connect(endpoint, options => options.UseAgentObservability(root));

    /// <summary>The same, observed or not.</summary>
    public OpenAIClient Connect(Uri endpoint, Action<OpenAIClientOptions> configure)
    {
        var options = new OpenAIClientOptions { Endpoint = endpoint, Transport = new HttpClientPipelineTransport(new HttpClient(this)) };
        configure(options);
        return new OpenAIClient(new ApiKeyCredential("key"), options);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // As a network would, once.
        request.Content?.CopyTo(Stream.Null, context: null, cancellationToken);
        var content = new StreamContent(new PieceStream(body, pieces ?? []));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var response = new HttpResponseMessage(status) { Content = content };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("retry-after", retryAfter);
        }

        return response;
    }

    /// <summary>Hands out its bytes in pieces of given sizes, over and over; whole where none are given.</summary>
    private sealed class PieceStream(byte[] bytes, IReadOnlyList<int> sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Next(count));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Next(buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Next(buffer.Length)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Next(count), cancellationToken);

        private int Next(int count) => sizes.Count == 0 ? count : Math.Clamp(sizes[_reads++ % sizes.Count], 1, Math.Max(1, count));
    }
}
