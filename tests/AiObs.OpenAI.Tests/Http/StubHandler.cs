namespace AiObs.OpenAI.Tests.Http;

/// <summary>Answers in the place of all handlers below it.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> answer) : DelegatingHandler
{
    /// <summary>Makes one that answers each request with the same text.</summary>
    public static StubHandler Saying(string text, string mediaType) =>
        new((_, _) => new HttpResponseMessage { Content = new StringContent(text, System.Text.Encoding.UTF8, mediaType) });

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(answer(request, cancellationToken));
}
