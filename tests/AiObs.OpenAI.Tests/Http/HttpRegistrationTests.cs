using System.Net;
using System.Text;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>How observation comes to the clients of a container.</summary>
public sealed class HttpRegistrationTests
{
    private readonly string _source = $"http-{Guid.NewGuid():N}";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public void Add_OptionOutOfRange_ThrowsAtOnce()
    {
        var builder = new ServiceCollection().AddHttpClient("model");

        Assert.Throws<OptionsValidationException>(() => builder.AddAgentObservability(static options => options.SourceName = ""));
    }

    [Fact]
    public async Task Add_NoRootInTheContainer_ObservesWithOneOfItsOwn()
    {
        using var spans = new SpanCollector(_source);
        var services = new ServiceCollection();
        services.AddHttpClient("model").AddAgentObservability(options => options.SourceName = _source).ConfigurePrimaryHttpMessageHandler(static () => new Network());
        await using var provider = services.BuildServiceProvider();

        await AskAsync(provider, "model");

        Assert.Equal("chat gpt-4o", spans.Only().DisplayName);
    }

    [Fact]
    public async Task Add_OptionsOfAClient_HoldForThatOneAlone()
    {
        using var spans = new SpanCollector(_source);
        var services = new ServiceCollection();
        services.AddAgentObservability().Configure(options => options.SourceName = _source);
        services.AddHttpClient("open").AddAgentObservability(static options => options.CaptureContent = ContentCapture.Spans)
            .ConfigurePrimaryHttpMessageHandler(static () => new Network());
        services.AddHttpClient("shut").AddAgentObservability().ConfigurePrimaryHttpMessageHandler(static () => new Network());
        await using var provider = services.BuildServiceProvider();

        await AskAsync(provider, "open");
        await AskAsync(provider, "shut");

        Assert.Equal([ObservedHttp.Asked, null], spans.Spans.Select(static span => span.GetTagItem("input.value")));
    }

    [Fact]
    public async Task Add_ToAllClients_ObservesEach()
    {
        using var spans = new SpanCollector(_source);
        var services = new ServiceCollection();
        services.AddAgentObservability().Configure(options => options.SourceName = _source);
        services.ConfigureHttpClientDefaults(static builder =>
            builder.AddAgentObservability().ConfigurePrimaryHttpMessageHandler(static () => new Network()));
        await using var provider = services.BuildServiceProvider();

        await AskAsync(provider, "one");
        await AskAsync(provider, "other");

        Assert.Equal(2, spans.Spans.Count);
    }

    private static async Task AskAsync(ServiceProvider provider, string name)
    {
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        using var content = new StringContent("""{"model":"gpt-4o","messages":[{"role":"user","content":"Weather?"}]}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("https://api.openai.com/v1/chat/completions", content, TestToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private sealed class Network : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
    }
}
