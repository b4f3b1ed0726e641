using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using AiObs.TestSupport;
using AiObs.Tracing;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>What passes as if nobody were there, and what is observed further out.</summary>
public sealed class HttpPassageTests
{
    private const string Chat = """{"model":"gpt-4o","messages":[{"role":"user","content":"Weather?"}]}""";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1/models", null, "application/json")]
    [InlineData("POST", "/v1/files", Chat, "application/json")]
    [InlineData("POST", "/v1/threads/t/messages", Chat, "application/json")]
    [InlineData("POST", "/api/chat", """{"text":"Hello"}""", "application/json")]
    [InlineData("POST", "/surveys/7/responses", """{"answers":[1,2]}""", "application/json")]
    [InlineData("POST", "/surveys/7/responses", "[1,2]", "application/json")]
    [InlineData("POST", "/v1/messages", "to=%2B47&text=Hello", "application/x-www-form-urlencoded")]
    [InlineData("POST", "/v1/messages", "Hello", "text/plain")]
    [InlineData("GET", "/v1/chat/completions", null, "application/json")]
    public async Task Request_OfOtherKind_IsHandedOnAsItIs(string method, string path, string? body, string type)
    {
        using var passage = new Passage();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"https://api.example.com{path}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        var content = request.Content;

        using var response = await passage.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestToken);

        Assert.Same(request, passage.Sent);
        Assert.Same(content, request.Content);
        Assert.Same(passage.Answer, response.Content);
        Assert.Empty(request.Headers);
        Assert.Empty(passage.Spans.Started);
    }

    [Fact]
    public async Task Request_NobodyListens_IsNotRead()
    {
        using var passage = new Passage(isHeard: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions") { Content = new Untouchable() };

        using var response = await passage.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestToken);

        Assert.Same(passage.Answer, response.Content);
    }

    [Fact]
    public async Task Request_OfAStreamOfUnknownLength_IsObservedButNotRead()
    {
        using var passage = new Passage();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions") { Content = new Untouchable() };

        using var response = await passage.Client.SendAsync(request, TestToken);

        Assert.Equal(("chat", null), (passage.Spans.Only().DisplayName, passage.Spans.Only().GetTagItem("gen_ai.request.model")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_Observed_SendsTheSameBytesAndHeaders(bool isJsonContent)
    {
        using var passage = new Passage();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions");
        request.Content = isJsonContent
            ? JsonContent.Create(new { model = "gpt-4o" })
            : new StreamContent(new MemoryStream("""{"model":"gpt-4o"}"""u8.ToArray())) { Headers = { ContentType = new("application/json") } };
        var content = request.Content;

        using var response = await passage.Client.SendAsync(request, TestToken);

        Assert.Same(content, request.Content);
        Assert.Equal("""{"model":"gpt-4o"}""", await content.ReadAsStringAsync(TestToken));
        Assert.Empty(request.Headers);
        Assert.Equal("chat gpt-4o", passage.Spans.Only().DisplayName);
    }

    [Fact]
    public async Task Request_OfASequenceThatCanBeReadOnce_IsSentWhole()
    {
        using var passage = new Passage();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "gpt-4o", messages = Once("Weather?") }),
        };

        using var response = await passage.Client.SendAsync(request, TestToken);

        Assert.Equal("""{"model":"gpt-4o","messages":["Weather?"]}""", await request.Content.ReadAsStringAsync(TestToken));
        Assert.Equal("chat gpt-4o", passage.Spans.Only().DisplayName);
    }

    [Theory]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "groq", "gpt-4o")]
    [InlineData("https://acme.openai.azure.com/openai/deployments/ours/chat/completions?api-version=1", "azure.ai.openai", "gpt-4o")]
    [InlineData("https://api.anthropic.com/v1/messages", "anthropic", "gpt-4o")]
    [InlineData("http://localhost:11434/api/chat", "ollama", "gpt-4o")]
    public async Task Request_ToAHost_TellsTheProviderByIt(string address, string provider, string model)
    {
        using var passage = new Passage();

        using var response = await passage.Client.PostAsync(address, new StringContent(Chat, Encoding.UTF8, "application/json"), TestToken);

        var span = passage.Spans.Only();
        Assert.Equal((provider, model), (span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.request.model")));
    }

    [Fact]
    public async Task ChatClientOfAnthropic_Observed_IsOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        using var client = Connect(http).AsIChatClient("claude-sonnet-4-5").AsBuilder().UseAgentObservability(http.Root).Build();
        http.Server.Enqueue(ModelReply.Say("Sunny."), ModelReply.Say("Sun", "ny."));

        await client.GetResponseAsync("Weather?", cancellationToken: TestToken);
        await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);

        Assert.Equal(["Sunny.", "Sunny."], http.Spans.Spans.Select(static span => span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task SdkOfAnthropic_UsedAsItIs_IsOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        var answer = await Connect(http).Messages.Create(
            new() { Model = "claude-sonnet-4-5", MaxTokens = 9, Messages = [new UserMessageParam("Weather?")] }, TestToken);

        Assert.Equal("msg_fake000001", answer.ID);
        Assert.Equal((ObservedHttp.Asked, "Sunny."), (http.Span.GetTagItem("input.value"), http.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task SdkOfOpenAI_ObservedInItsPipeline_IsOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(ModelReply.Say("Sunny."));
        var options = Options(http);
        options.UseAgentObservability(http.Root);

        await new OpenAIClient(new ApiKeyCredential("key"), options).GetChatClient("gpt-4o").CompleteChatAsync("Weather?");

        Assert.Equal("chat gpt-4o", http.Span.DisplayName);
    }

    [Fact]
    public async Task SdkOfOpenAI_UsedAsItIs_IsOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        await new OpenAIClient(new ApiKeyCredential("key"), Options(http)).GetChatClient("gpt-4o").CompleteChatAsync("Weather?");

        Assert.Equal((ObservedHttp.Asked, "Sunny."), (http.Span.GetTagItem("input.value"), http.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Request_InsideOfATracedCall_IsThatCalls()
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        await http.Root.Tracer.TraceLlmAsync("gpt-4o", new LlmStart(), _ => http.SendAsync(WireFormat.ChatCompletions, Chat), TestToken);

        Assert.Equal("chat gpt-4o", http.Span.DisplayName);
    }

    [Fact]
    public async Task Client_ObservedTwice_IsOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync(addInside: static builder => Microsoft.Extensions.DependencyInjection.AiObsHttpClientBuilderExtensions.AddAgentObservability(builder));
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        await http.SendAsync(WireFormat.ChatCompletions, Chat);

        Assert.Equal("chat gpt-4o", http.Span.DisplayName);
    }

    /// <summary>A sequence that is empty from the second time on.</summary>
    private static IEnumerable<string> Once(params string[] items)
    {
        var left = new Queue<string>(items);
        IEnumerable<string> Take()
        {
            while (left.TryDequeue(out var item))
            {
                yield return item;
            }
        }

        return Take();
    }

    private static AnthropicClient Connect(ObservedHttp http) =>
        new(new ClientOptions { ApiKey = "key", BaseUrl = http.Server.BaseAddress.ToString(), MaxRetries = 0, HttpClient = http.Client });

    private static OpenAIClientOptions Options(ObservedHttp http) =>
        new() { Endpoint = http.Server.OpenAIBaseAddress, Transport = new HttpClientPipelineTransport(http.Client) };

    /// <summary>A client made without a container, with a handler in the place of the network.</summary>
    private sealed class Passage : IDisposable
    {
        private readonly string _source = $"http-{Guid.NewGuid():N}";
        private readonly AgentObservability _root;
        private readonly SpanCollector? _spans;

        public Passage(bool isHeard = true)
        {
            _spans = isHeard ? new SpanCollector(_source) : null;
            _root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = _source));
            Client = new HttpClient(new Network(this).UseAgentObservability(_root));
        }

        public HttpClient Client { get; }

        public SpanCollector Spans => _spans!;

        public HttpRequestMessage? Sent { get; private set; }

        public HttpContent Answer { get; } = new StringContent("{}", Encoding.UTF8, "application/json");

        public void Dispose()
        {
            Client.Dispose();
            _root.Dispose();
            _spans?.Dispose();
            Answer.Dispose();
        }

        private sealed class Network(Passage passage) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                passage.Sent = request;
                return Task.FromResult(new HttpResponseMessage { Content = passage.Answer });
            }
        }
    }

    /// <summary>Content that may be written once only, by the network.</summary>
    private sealed class Untouchable : HttpContent
    {
        public Untouchable() => Headers.ContentType = new("application/json");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("It was read.");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
