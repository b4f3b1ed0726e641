using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class AnthropicSpanTests
{
    [Theory]
    [InlineData(GenAIProfile.V1_41, "gen_ai.usage.cache_creation.input_tokens")]
    [InlineData(GenAIProfile.Latest, "gen_ai.usage.cache_write.input_tokens")]
    public void Messages_Created_AreAnLlmSpanWithOneSpellingOfCacheWrites(GenAIProfile profile, string cacheWriteKey)
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.GenAIProfile = profile));

        var span = scene.Emit(
            "com.anthropic.sdk.csharp",
            "anthropic.messages.create",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "anthropic"),
            new("gen_ai.request.model", "claude-sonnet-4-5"),
            new("gen_ai.request.max_tokens", 1024L),
            new("server.address", "api.anthropic.com"),
            new("server.port", 443),
            new("gen_ai.response.id", "msg_1"),
            new("gen_ai.response.model", "claude-sonnet-4-5-20250929"),
            new("gen_ai.response.finish_reasons", (string[])["end_turn"]),
            new("gen_ai.usage.input_tokens", 2_520L),
            new("gen_ai.usage.output_tokens", 524L),
            new("gen_ai.usage.cache_read.input_tokens", 500L),
            new("gen_ai.usage.cache_write.input_tokens", 20L));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "anthropic",
                ["gen_ai.request.max_tokens"] = 1024L,
                ["gen_ai.request.model"] = "claude-sonnet-4-5",
                ["gen_ai.response.finish_reasons"] = (string[])["end_turn"],
                ["gen_ai.response.id"] = "msg_1",
                ["gen_ai.response.model"] = "claude-sonnet-4-5-20250929",
                ["gen_ai.usage.cache_read.input_tokens"] = 500L,
                ["gen_ai.usage.input_tokens"] = 2520L,
                ["gen_ai.usage.output_tokens"] = 524L,
                ["llm.finish_reason"] = "end_turn",
                ["llm.invocation_parameters"] = "{\"max_tokens\":1024}",
                ["llm.model_name"] = "claude-sonnet-4-5-20250929",
                ["llm.provider"] = "anthropic",
                ["llm.request.model_name"] = "claude-sonnet-4-5",
                ["llm.response.model_name"] = "claude-sonnet-4-5-20250929",
                ["llm.system"] = "anthropic",
                ["llm.token_count.completion"] = 524L,
                ["llm.token_count.prompt"] = 2520L,
                ["llm.token_count.prompt_details.cache_read"] = 500L,
                ["llm.token_count.prompt_details.cache_write"] = 20L,
                ["llm.token_count.total"] = 3044L,
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "api.anthropic.com",
                ["server.port"] = 443L,
                [cacheWriteKey] = 20L,
            },
            span.Attributes);
    }

    [Fact]
    public void Messages_InputWithoutTheCache_IsMadeInclusive()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            "com.anthropic.sdk.csharp",
            "anthropic.messages.create",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "anthropic"),
            new("gen_ai.usage.input_tokens", 10L),
            new("gen_ai.usage.output_tokens", 5L),
            new("gen_ai.usage.cache_read.input_tokens", 500L));

        Assert.Equal(
            (510L, 510L, 515L),
            (span.Attributes["gen_ai.usage.input_tokens"], span.Attributes["llm.token_count.prompt"], span.Attributes["llm.token_count.total"]));
    }
}
