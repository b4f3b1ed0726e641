using System.Text;
using AiObs.TestSupport;

namespace AiObs.OpenAI.Tests.Pipeline;

/// <summary>Azure OpenAI is known by its host, and its deployments by the path.</summary>
public sealed class AzureTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://acme.openai.azure.com/openai/deployments/my%20gpt", """{"messages":[]}""", "my gpt", "azure.ai.openai")]
    [InlineData("https://acme.openai.azure.com/openai/deployments/weather", """{"model":"gpt-4o","messages":[]}""", "gpt-4o", "azure.ai.openai")]
    [InlineData("https://acme.services.ai.azure.com/openai/v1", """{"model":"weather","messages":[]}""", "weather", "azure.ai.openai")]
    [InlineData("https://gateway.example.com/llm/openai/v1", """{"model":"weather","messages":[]}""", "weather", "openai")]
    [InlineData("https://api.groq.com/openai/v1", """{"model":"llama","messages":[]}""", "llama", "groq")]
    public async Task Chat_Address_SaysProviderAndModel(string endpoint, string request, string model, string provider)
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));
        using var transport = new CannedTransport("{}"u8.ToArray(), "application/json");
        var chat = transport.Connect(root, new Uri(endpoint)).GetChatClient("unused");
        using var content = System.ClientModel.BinaryContent.Create(BinaryData.FromString(request));

        await chat.CompleteChatAsync(content, new() { CancellationToken = TestToken });

        Assert.Equal(
            ($"chat {model}", provider, new Uri(endpoint).Host, 443L),
            (spans.Only().DisplayName, spans.Only().GetTagItem("gen_ai.provider.name"), spans.Only().GetTagItem("server.address"),
                spans.Only().GetTagItem("server.port")));
    }

    [Fact]
    public async Task Chat_ContentOfTheApplicationsOwnKind_IsSentOnceAndUntouched()
    {
        var source = $"raw-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));
        using var transport = new CannedTransport("{}"u8.ToArray(), "application/json");
        var chat = transport.Connect(root, new Uri("https://acme.openai.azure.com/openai/deployments/weather")).GetChatClient("unused");
        using var content = new OneTimeContent("""{"messages":[]}""");

        await chat.CompleteChatAsync(content, new() { CancellationToken = TestToken });

        Assert.Equal(1, content.Writes);
        Assert.Equal("chat weather", spans.Only().DisplayName);
    }

    /// <summary>Content that can be written once.</summary>
    private sealed class OneTimeContent(string text) : System.ClientModel.BinaryContent
    {
        public int Writes { get; private set; }

        public override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        public override void WriteTo(Stream stream, CancellationToken cancellationToken = default)
        {
            Writes++;
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        public override async Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
        {
            Writes++;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        public override void Dispose()
        {
        }
    }
}
