using AiObs.Events;
using AiObs.TestSupport;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Failures;

/// <summary>Calls for which Azure.Identity has no token: nothing was sent to a model.</summary>
public sealed class CredentialTests : LibraryTest
{
    public static MatrixTheoryData<string, CallStyle> Credentials => new(["certificate that is not there", "secret that is refused"], [CallStyle.Plain, CallStyle.Streamed]);

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Call_WithoutACredential_IsAnEventAndNoSpan(string credential, CallStyle style)
    {
        using var root = new ObservedRoot();
        var events = new InMemoryEventSink();
        await using var sink = root.Root.Events.AddSink(events);
        using var client = FailingClients.Azure(Find(credential)).UseAgentObservability(root.Root);

        await Assert.ThrowsAnyAsync<AuthenticationFailedException>(() => AskAsync(client, style));
        await root.Root.Events.FlushAsync(Token);

        Assert.DoesNotContain(root.Spans.Spans, static span => span.IsAllDataRequested);
        Assert.Equal(["message_sent", "call_refused"], events.Events.Select(static item => item.Type));
        Assert.Empty(root.Metrics.Of("gen_ai.client.operation.duration"));
        Assert.Empty(root.Metrics.Of("aiobs.faults"));
    }

    private static TokenCredential Find(string name) => name switch
    {
        "certificate that is not there" => new ClientCertificateCredential("tenant", "client", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem")),
        _ => new ClientSecretCredential(
            "tenant",
            "client",
            "secret",
            new ClientSecretCredentialOptions
            {
                DisableInstanceDiscovery = true,
                Retry = { MaxRetries = 0 },
                Transport = new HttpClientTransport(new HttpClient(new RefusingHandler())),
            }),
    };

    /// <summary>Answers in the place of the service that gives tokens.</summary>
    private sealed class RefusingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? Json(System.Net.HttpStatusCode.OK, """{"authorization_endpoint":"https://login.microsoftonline.com/tenant/oauth2/v2.0/authorize","token_endpoint":"https://login.microsoftonline.com/tenant/oauth2/v2.0/token","issuer":"https://login.microsoftonline.com/tenant/v2.0"}""")
                : Json(System.Net.HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"""));

        private static HttpResponseMessage Json(System.Net.HttpStatusCode status, string body) =>
            new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
    }
}
