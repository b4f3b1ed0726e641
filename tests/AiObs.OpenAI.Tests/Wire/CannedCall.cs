using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Net;
using System.Text;
using AiObs.TestSupport;
using OpenAI;

namespace AiObs.OpenAI.Tests.Wire;

/// <summary>Sends one body as it stands and answers with another, so that every shape of the protocol can be tried.</summary>
internal static class CannedCall
{
    private static readonly Uri Endpoint = new("https://api.openai.com/v1");

    public static Task<Activity> ChatAsync(string request, string response, HttpStatusCode status = HttpStatusCode.OK) => SendAsync(
        static (sdk, content, options) => sdk.GetChatClient("unused").CompleteChatAsync(content, options), request, response, status);

    public static Task<Activity> RespondAsync(string request, string response) => SendAsync(
        static (sdk, content, options) => sdk.GetResponsesClient().CreateResponseAsync(content, options), request, response, HttpStatusCode.OK);

    public static Task<Activity> EmbedAsync(string request, string response) => SendAsync(
        static (sdk, content, options) => sdk.GetEmbeddingClient("unused").GenerateEmbeddingsAsync(content, options),
        request,
        response,
        HttpStatusCode.OK);

    private static async Task<Activity> SendAsync(
        Func<OpenAIClient, BinaryContent, RequestOptions, Task<ClientResult>> send, string request, string response, HttpStatusCode status)
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var metrics = new MetricCollector(source);
        using var root = AgentObservability.Create(builder => builder.Configure(options =>
        {
            options.SourceName = source;
            options.CaptureContent = ContentCapture.Spans;
            options.RecordedAdditionalProperties.Add("metadata");
        }));
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(response), "application/json", status: status);
        using var content = BinaryContent.Create(BinaryData.FromString(request));

        var options = new RequestOptions { CancellationToken = TestContext.Current.CancellationToken, ErrorOptions = ClientErrorBehaviors.NoThrow };
        await send(transport.Connect(root, Endpoint), content, options);

        Assert.Empty(metrics.Of("aiobs.faults"));
        return spans.Only();
    }
}
