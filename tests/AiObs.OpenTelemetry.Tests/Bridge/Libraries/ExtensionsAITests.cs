using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class ExtensionsAITests
{
    private const string Source = "Experimental.Microsoft.Extensions.AI";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chat_ContentOff_NamesTheToolsThatWereOffered(bool isHidden)
    {
        const string Definitions = """[ { "type": "function", "name": "mail", "description": "Mails." }, { "type": "web_search", "name": "web_search" } ]""";
        using var scene = new BridgeScene(builder => builder.Configure(options => options.Privacy.HideLlmTools = isHidden));

        var span = scene.Emit(
            Source, "chat gpt-4o-mini", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.tool.definitions", Definitions));

        var tools = span.Attributes.Where(static tag => tag.Key.StartsWith("llm.tools.", StringComparison.Ordinal)).Select(static tag => (string)tag.Value!);
        Assert.Equal(
            isHidden ? [] : ["""{"type":"function","function":{"name":"mail"}}""", """{"type":"web_search","function":{"name":"web_search"}}"""], tools);
    }

    [Fact]
    public void Chat_ContentOff_LeavesTheDefinitionsOfItsOwner()
    {
        const string Definitions = """[ { "type": "function", "name": "mail", "description": "Mails." } ]""";
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source, "chat gpt-4o-mini", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.tool.definitions", Definitions));

        Assert.Equal(Definitions, span.Attributes["gen_ai.tool.definitions"]);
    }

    [Fact]
    public async Task Chat_InsideOfAFetchOfOurs_IsNoCallOfItsOwn()
    {
        using var scene = new BridgeScene(static builder => builder.Configure(static options => options.GenAIProfile = GenAIProfile.Latest));
        using var inner = new StubChatClient
        {
            OnResponse = _ =>
            {
                scene.Emit(Source, "chat stub-model", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.usage.input_tokens", 5));
                return Task.FromResult(new ChatResponse());
            },
        };

        await inner.UseAgentObservability(scene.Root).GetResponseAsync(
            [], new() { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) }, TestContext.Current.CancellationToken);

        Assert.Equal(["CHAIN", "LLM"], scene.Exporter.Spans.Select(static span => span.Attributes["openinference.span.kind"]));
    }

    [Fact]
    public void Chat_Streamed_IsAnLlmSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "chat gpt-4o-mini",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.request.model", "gpt-4o-mini"),
            new("gen_ai.provider.name", "openai"),
            new("gen_ai.request.stream", true),
            new("server.address", "my.openai.azure.com"),
            new("server.port", 443),
            new("gen_ai.conversation.id", "resp_0"),
            new("gen_ai.request.frequency_penalty", 0.5f),
            new("gen_ai.request.presence_penalty", 0.7f),
            new("gen_ai.request.temperature", 0.1f),
            new("gen_ai.request.top_p", 0.2f),
            new("gen_ai.request.max_tokens", 100),
            new("gen_ai.request.seed", 42L),
            new("gen_ai.request.top_k", 3),
            new("gen_ai.request.stop_sequences", "[\"a\", \"b\"]"),
            new("gen_ai.output.type", "json"),
            new("gen_ai.response.finish_reasons", "[\"stop\"]"),
            new("gen_ai.response.id", "resp_1"),
            new("gen_ai.response.model", "gpt-4o-mini-2024-07-18"),
            new("gen_ai.response.time_to_first_chunk", 0.25),
            new("gen_ai.usage.input_tokens", 10),
            new("gen_ai.usage.output_tokens", 5),
            new("gen_ai.usage.cache_read.input_tokens", 4),
            new("gen_ai.usage.reasoning.output_tokens", 2),
            new("openai.response.service_tier", "priority"));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.conversation.id"] = "resp_0",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.output.type"] = "json",
                ["gen_ai.provider.name"] = "azure.ai.openai",
                ["gen_ai.request.frequency_penalty"] = 0.5,
                ["gen_ai.request.max_tokens"] = 100L,
                ["gen_ai.request.model"] = "gpt-4o-mini",
                ["gen_ai.request.presence_penalty"] = 0.7,
                ["gen_ai.request.previous_response.id"] = "resp_0",
                ["gen_ai.request.seed"] = 42L,
                ["gen_ai.request.stop_sequences"] = (string[])["a", "b"],
                ["gen_ai.request.stream"] = true,
                ["gen_ai.request.temperature"] = 0.1,
                ["gen_ai.request.top_k"] = 3.0,
                ["gen_ai.request.top_p"] = 0.2,
                ["gen_ai.response.finish_reasons"] = (string[])["stop"],
                ["gen_ai.response.id"] = "resp_1",
                ["gen_ai.response.model"] = "gpt-4o-mini-2024-07-18",
                ["gen_ai.response.time_to_first_chunk"] = 0.25,
                ["gen_ai.usage.cache_read.input_tokens"] = 4L,
                ["gen_ai.usage.input_tokens"] = 10L,
                ["gen_ai.usage.output_tokens"] = 5L,
                ["gen_ai.usage.reasoning.output_tokens"] = 2L,
                ["llm.finish_reason"] = "stop",
                ["llm.invocation_parameters"] = "{\"temperature\":0.1,\"top_p\":0.2,\"top_k\":3,\"max_tokens\":100,\"frequency_penalty\":0.5,\"presence_penalty\":0.7,\"seed\":42,\"stop\":[\"a\",\"b\"],\"response_format\":\"json\"}",
                ["llm.model_name"] = "gpt-4o-mini-2024-07-18",
                ["llm.provider"] = "azure",
                ["llm.request.model_name"] = "gpt-4o-mini",
                ["llm.response.model_name"] = "gpt-4o-mini-2024-07-18",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 5L,
                ["llm.token_count.completion_details.reasoning"] = 2L,
                ["llm.token_count.prompt"] = 10L,
                ["llm.token_count.prompt_details.cache_read"] = 4L,
                ["llm.token_count.total"] = 15L,
                ["openai.response.service_tier"] = "priority",
                ["openinference.span.kind"] = "LLM",
                ["server.address"] = "my.openai.azure.com",
                ["server.port"] = 443L,
            },
            span.Attributes);
    }

    [Fact]
    public void Chat_StopSequencesThatAreNoJson_StayAsTheyAre()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source, "chat", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.request.stop_sequences", "[\"a\"b\", \"c\"]"));

        Assert.Equal("[\"a\"b\", \"c\"]", span.Attributes["gen_ai.request.stop_sequences"]);
    }

    [Fact]
    public void Embeddings_Made_AreAnEmbeddingSpan()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "embeddings text-embedding-3-small",
            ActivityKind.Client,
            new("gen_ai.operation.name", "embeddings"),
            new("gen_ai.request.model", "text-embedding-3-small"),
            new("gen_ai.provider.name", "openai"),
            new("server.address", "api.openai.com"),
            new("server.port", 443),
            new("gen_ai.embeddings.dimension.count", 256),
            new("gen_ai.usage.input_tokens", 9),
            new("gen_ai.response.model", "text-embedding-3-small"));

        SpanAssert.Attributes(
            new()
            {
                ["embedding.invocation_parameters"] = "{\"dimensions\":256}",
                ["embedding.model_name"] = "text-embedding-3-small",
                ["gen_ai.embeddings.dimension.count"] = 256L,
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.request.model"] = "text-embedding-3-small",
                ["gen_ai.response.model"] = "text-embedding-3-small",
                ["gen_ai.usage.input_tokens"] = 9L,
                ["llm.token_count.prompt"] = 9L,
                ["llm.token_count.total"] = 9L,
                ["openinference.span.kind"] = "EMBEDDING",
                ["server.address"] = "api.openai.com",
                ["server.port"] = 443L,
            },
            span.Attributes);
    }

    [Fact]
    public void Image_Generated_IsAnLlmSpanThatKeepsItsOperation()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "generate_content gpt-image-1",
            ActivityKind.Client,
            new("gen_ai.operation.name", "generate_content"),
            new("gen_ai.output.type", "image"),
            new("gen_ai.request.model", "gpt-image-1"),
            new("gen_ai.provider.name", "openai"),
            new("gen_ai.request.choice.count", 1),
            new("gen_ai.request.image.width", 1024),
            new("gen_ai.request.image.height", 1024),
            new("gen_ai.usage.input_tokens", 8),
            new("gen_ai.usage.output_tokens", 1000));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "generate_content",
                ["gen_ai.output.type"] = "image",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.request.choice.count"] = 1,
                ["gen_ai.request.image.height"] = 1024,
                ["gen_ai.request.image.width"] = 1024,
                ["gen_ai.request.model"] = "gpt-image-1",
                ["gen_ai.usage.input_tokens"] = 8L,
                ["gen_ai.usage.output_tokens"] = 1000L,
                ["llm.invocation_parameters"] = "{\"response_format\":\"image\"}",
                ["llm.model_name"] = "gpt-image-1",
                ["llm.provider"] = "openai",
                ["llm.request.model_name"] = "gpt-image-1",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 1000L,
                ["llm.token_count.prompt"] = 8L,
                ["llm.token_count.total"] = 1008L,
                ["openinference.span.kind"] = "LLM",
            },
            span.Attributes);
    }

    [Fact]
    public void Realtime_Session_CountsAudio()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "realtime gpt-realtime",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.request.model", "gpt-realtime"),
            new("gen_ai.provider.name", "openai"),
            new("gen_ai.realtime.voice", "alloy"),
            new("gen_ai.usage.input_tokens", 30),
            new("gen_ai.usage.output_tokens", 20),
            new("gen_ai.usage.input_audio_tokens", 25),
            new("gen_ai.usage.input_text_tokens", 5),
            new("gen_ai.usage.output_audio_tokens", 18),
            new("gen_ai.usage.output_text_tokens", 2));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.realtime.voice"] = "alloy",
                ["gen_ai.request.model"] = "gpt-realtime",
                ["gen_ai.usage.input_audio_tokens"] = 25,
                ["gen_ai.usage.input_text_tokens"] = 5,
                ["gen_ai.usage.input_tokens"] = 30L,
                ["gen_ai.usage.output_audio_tokens"] = 18,
                ["gen_ai.usage.output_text_tokens"] = 2,
                ["gen_ai.usage.output_tokens"] = 20L,
                ["llm.model_name"] = "gpt-realtime",
                ["llm.provider"] = "openai",
                ["llm.request.model_name"] = "gpt-realtime",
                ["llm.system"] = "openai",
                ["llm.token_count.completion"] = 20L,
                ["llm.token_count.completion_details.audio"] = 18L,
                ["llm.token_count.prompt"] = 30L,
                ["llm.token_count.prompt_details.audio"] = 25L,
                ["llm.token_count.total"] = 50L,
                ["openinference.span.kind"] = "LLM",
            },
            span.Attributes);
    }

    [Fact]
    public void FunctionLoop_WithSums_IsAChainWithoutTokens()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "orchestrate_tools",
            ActivityKind.Internal,
            new("gen_ai.usage.input_tokens", 20),
            new("gen_ai.usage.output_tokens", 6));

        SpanAssert.Attributes(new() { ["openinference.span.kind"] = "CHAIN" }, span.Attributes);
    }

    [Fact]
    public void FunctionLoop_Tool_IsATool()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source,
            "execute_tool get_weather",
            ActivityKind.Internal,
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.type", "function"),
            new("gen_ai.tool.call.id", "c1"),
            new("gen_ai.tool.name", "get_weather"),
            new("gen_ai.tool.description", "Looks at the sky."));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.call.id"] = "c1",
                ["gen_ai.tool.description"] = "Looks at the sky.",
                ["gen_ai.tool.name"] = "get_weather",
                ["gen_ai.tool.type"] = "function",
                ["openinference.span.kind"] = "TOOL",
                ["tool.description"] = "Looks at the sky.",
                ["tool.id"] = "c1",
                ["tool.name"] = "get_weather",
            },
            span.Attributes);
    }

    [Fact]
    public void File_Uploaded_IsLeftAlone()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(Source, "files.upload", ActivityKind.Client, new KeyValuePair<string, object?>("files.operation.name", "upload"));

        SpanAssert.Attributes(new() { ["files.operation.name"] = "upload" }, span.Attributes);
    }
}
