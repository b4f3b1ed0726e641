using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Conventions;

public sealed class ConventionChoiceTests
{
    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new()
        {
            InputTokenCount = 70,
            OutputTokenCount = 30,
            CachedInputTokenCount = 20,
            ReasoningTokenCount = 10,
            AdditionalCounts = new()
            {
                ["CacheCreationInputTokens"] = 5,
                ["InputTokenDetails.AudioTokenCount"] = 4,
                ["OutputTokenDetails.AudioTokenCount"] = 3,
            },
        },
    };

    [Fact]
    public async Task Conventions_GenAIAlone_WritesNothingElse()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Conventions = SpanConventions.GenAI;
        });

        await chat.AskAsync();

        SpanAssert.Attributes(
            new(ExpectedTags.GenAI)
            {
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 70L,
                ["gen_ai.usage.output_tokens"] = 30L,
                ["gen_ai.usage.cache_read.input_tokens"] = 20L,
                ["gen_ai.usage.cache_creation.input_tokens"] = 5L,
                ["gen_ai.usage.reasoning.output_tokens"] = 10L,
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""",
            },
            chat.Span);
        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task Conventions_GenAIInProfileLatest_WritesItsSpellings()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), o =>
        {
            o.Conventions = SpanConventions.GenAI;
            o.GenAIProfile = GenAIProfile.Latest;
        });

        await chat.AskAsync();

        SpanAssert.Attributes(
            new(ExpectedTags.GenAI)
            {
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 70L,
                ["gen_ai.usage.output_tokens"] = 30L,
                ["gen_ai.usage.cache_read.input_tokens"] = 20L,
                ["gen_ai.usage.reasoning.output_tokens"] = 10L,
            },
            chat.Span);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task Conventions_OpenInferenceAlone_WritesNothingElseAndSaysOk(GenAIProfile profile)
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Conventions = SpanConventions.OpenInference;
            o.GenAIProfile = profile;
        });

        await chat.AskAsync();

        SpanAssert.Attributes(
            new(ExpectedTags.OpenInference)
            {
                ["llm.model_name"] = "stub-model-1",
                ["llm.response.model_name"] = "stub-model-1",
                ["llm.finish_reason"] = "stop",
                ["llm.token_count.prompt"] = 70L,
                ["llm.token_count.completion"] = 30L,
                ["llm.token_count.total"] = 100L,
                ["llm.token_count.prompt_details.cache_read"] = 20L,
                ["llm.token_count.prompt_details.cache_write"] = 5L,
                ["llm.token_count.prompt_details.audio"] = 4L,
                ["llm.token_count.completion_details.reasoning"] = 10L,
                ["llm.token_count.completion_details.audio"] = 3L,
                ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Hello.",
                ["output.mime_type"] = "text/plain",
                ["llm.output_messages.0.message.role"] = "assistant",
                ["llm.output_messages.0.message.content"] = "Hello.",
                ["llm.input_messages.0.message.role"] = "user",
                ["llm.input_messages.0.message.content"] = "Hi",
            },
            chat.Span);
        SpanAssert.Status(ActivityStatusCode.Ok, null, chat.Span);
        Assert.Equal("chat stub-model", chat.Span.DisplayName);
    }

    [Theory]
    [InlineData("openai", "https://res.openai.azure.com/", "gpt-5", "azure.ai.openai", "azure", "openai")]
    [InlineData("openai", "https://api.groq.com/openai/v1", "llama-3", "groq", "groq", "meta")]
    [InlineData("openai", "http://localhost:11434", "m", "openai", "openai", "openai")]
    [InlineData("aws.bedrock", "https://bedrock.eu.amazonaws.com", "us.anthropic.claude-x", "aws.bedrock", "aws", "anthropic")]
    [InlineData("xai", "https://api.x.ai", "grok-4", "x_ai", "xai", "xai")]
    [InlineData("ollama", "http://localhost:11434", "phi", "ollama", "ollama", "ollama")]
    public async Task Conventions_Provider_IsSpelledAsEachConventionDoes(
        string name, string uri, string model, string genAi, string provider, string system)
    {
        using var chat = new ObservedChat(new StubChatClient { Metadata = new(name, new Uri(uri), model) });

        await chat.AskAsync();

        Assert.Equal(genAi, chat.Span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(provider, chat.Span.GetTagItem("llm.provider"));
        Assert.Equal(system, chat.Span.GetTagItem("llm.system"));
    }

    [Fact]
    public async Task Conventions_ServerWithDefaultPort_NamesIt()
    {
        using var chat = new ObservedChat(new StubChatClient { Metadata = new("openai", new Uri("https://api.openai.com/v1"), "m") });

        await chat.AskAsync();

        Assert.Equal("api.openai.com", chat.Span.GetTagItem("server.address"));
        Assert.Equal(443L, chat.Span.GetTagItem("server.port"));
    }
}
