using System.Text;
using AiObs.TestSupport;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>What passes the handler as if it were not there: the same task, and not one byte more.</summary>
public sealed class HttpUnobservedTests : IDisposable
{
    private readonly string _source = $"http-{Guid.NewGuid():N}";
    private readonly AgentObservability _root;
    private readonly Network _network = new();
    private readonly HttpMessageInvoker _invoker;

    public HttpUnobservedTests()
    {
        _root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = _source));
        _invoker = new HttpMessageInvoker(_network.UseAgentObservability(_root));
    }

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _invoker.Dispose();
        _root.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Send_NobodyListens_AllocatesNothing(bool isSync)
    {
        using var request = Request("POST", "https://api.openai.com/v1/chat/completions");

        Assert.Equal(0, Measure(request, isSync));
    }

    [Theory]
    [InlineData("GET", "https://api.openai.com/v1/models", false)]
    [InlineData("POST", "https://api.openai.com/v1/files", true)]
    [InlineData("GET", "https://api.openai.com/v1/responses/resp_1", false)]
    [InlineData("POST", "https://example.com/orders", true)]
    public void Send_AnotherEndpoint_AllocatesNothing(string method, string address, bool isSync)
    {
        using var spans = new SpanCollector(_source);
        using var request = Request(method, address);

        Assert.Equal(0, Measure(request, isSync));
        Assert.Empty(spans.Started);
    }

    [Fact]
    public void SendAsync_NobodyListens_HandsOutTheTaskOfTheNetwork()
    {
        using var request = Request("POST", "https://api.anthropic.com/v1/messages");

        Assert.Same(_network.Answer, _invoker.SendAsync(request, TestToken));
    }

    private static HttpRequestMessage Request(string method, string address) =>
        new(new HttpMethod(method), address) { Content = new StringContent("""{"model":"gpt-4o"}""", Encoding.UTF8, "application/json") };

    private double Measure(HttpRequestMessage request, bool isSync) => isSync
        ? AllocationMeter.BytesPerRun(() => _invoker.Send(request, TestToken))
        : AllocationMeter.BytesPerRun(() => _ = _invoker.SendAsync(request, TestToken));

    /// <summary>Stands in the place of the network.</summary>
    private sealed class Network : HttpMessageHandler
    {
        private readonly HttpResponseMessage _response = new();

        public Network() => Answer = Task.FromResult(_response);

        public Task<HttpResponseMessage> Answer { get; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => _response;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Answer;
    }
}
