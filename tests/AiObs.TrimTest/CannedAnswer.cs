using System.Net;
using System.Text;

namespace AiObs.TrimTest;

/// <summary>A transport that answers by itself.</summary>
internal sealed class CannedAnswer(string body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
}
