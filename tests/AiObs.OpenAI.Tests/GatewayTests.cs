using System.Text;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

/// <summary>Who is named behind an address that speaks the protocol, by a raw client and by a chat client over the same SDK.</summary>
public sealed class GatewayTests
{
    private const string Answer = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}]}""";

    public static TheoryData<string, string, string, string> Gateways { get; } = new()
    {
        { "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5", "openrouter", "anthropic" },
        { "https://openrouter.ai/api/v1", "qwen/qwen3", "openrouter", "openrouter" },
        { "https://api.groq.com/openai/v1", "llama-3.3-70b", "groq", "meta" },
        { "https://api.together.xyz/v1", "moonshotai/kimi-k2", "together", "together" },
        { "https://api.openai.com/v1", "gpt-4o", "openai", "openai" },
    };

    [Theory]
    [MemberData(nameof(Gateways))]
    public Task RawClient_Gateway_IsTheProvider(string endpoint, string model, string provider, string system) => CheckAsync(
        (transport, root) => transport.Connect(root, new Uri(endpoint)).GetChatClient(model)
            .CompleteChatAsync([new UserChatMessage("Hi")], cancellationToken: TestContext.Current.CancellationToken),
        provider,
        system);

    [Theory]
    [MemberData(nameof(Gateways))]
    public Task ChatClient_Gateway_IsTheProvider(string endpoint, string model, string provider, string system) => CheckAsync(
        async (transport, root) =>
        {
            var sdk = transport.Connect(new Uri(endpoint), static _ => { }).GetChatClient(model);
            using var client = new SdkChatClient(sdk, new Uri(endpoint), model).UseAgentObservability(root);
            await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        },
        provider,
        system);

    private static async Task CheckAsync(Func<CannedTransport, AgentObservability, Task> ask, string provider, string system)
    {
        var source = $"gateways-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        await using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = source));
        using var transport = new CannedTransport(Encoding.UTF8.GetBytes(Answer), "application/json");

        await ask(transport, root);

        var span = spans.Only();
        Assert.Equal(
            (provider, provider, system),
            ((string?)span.GetTagItem("gen_ai.provider.name"), (string?)span.GetTagItem("llm.provider"), (string?)span.GetTagItem("llm.system")));
    }
}
