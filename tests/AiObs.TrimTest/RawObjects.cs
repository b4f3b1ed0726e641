using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace AiObs.TrimTest;

/// <summary>Calls of the real SDKs whose bill depends on what only their own objects say: without them each comes to another amount.</summary>
internal static class RawObjects
{
    private const string Flex = """
        {"id":"c1","object":"chat.completion","created":1760000000,"model":"gpt-5","service_tier":"flex","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}
        """;

    private const string HourLongWrites = """
        {"id":"m1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn",
        "usage":{"input_tokens":6,"cache_creation_input_tokens":14980,"cache_read_input_tokens":17922,
        "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":14980},"output_tokens":100,"service_tier":"standard"}}
        """;

    /// <summary>Makes both calls, and returns what they cost.</summary>
    public static async Task<(decimal? OpenAI, decimal? Anthropic)> PriceAsync()
    {
        var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(new CannedAnswer(Flex))) };
        var openAI = await PriceAsync(new OpenAIClient(new ApiKeyCredential("test-key"), options).GetChatClient("gpt-5").AsIChatClient());
        var anthropic = await PriceAsync(
            new AnthropicClient(new ClientOptions { ApiKey = "test-key", HttpClient = new HttpClient(new CannedAnswer(HourLongWrites)) }).AsIChatClient("claude-sonnet-4-5"));
        return (openAI, anthropic);
    }

    private static async Task<decimal?> PriceAsync(IChatClient client)
    {
        await using var observability = AgentObservability.Create(static builder => builder.AddCostTracking());
        using var observed = client.UseAgentObservability(observability);
        await observed.GetResponseAsync("Hi");
        return observability.Costs?.Accumulator.Total.Total;
    }
}
