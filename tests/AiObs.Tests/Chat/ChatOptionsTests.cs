using System.Text.Json;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class ChatOptionsTests
{
    private static readonly Dictionary<string, ChatOptions> Options = new()
    {
        ["temperature"] = new() { Temperature = 0.1f },
        ["top_p"] = new() { TopP = 0.9f },
        ["top_k"] = new() { TopK = 40 },
        ["max_tokens"] = new() { MaxOutputTokens = 64 },
        ["frequency_penalty"] = new() { FrequencyPenalty = 0.5f },
        ["presence_penalty"] = new() { PresencePenalty = -0.5f },
        ["seed"] = new() { Seed = 42 },
        ["stop"] = new() { StopSequences = ["a", "b\"c"] },
        ["text"] = new() { ResponseFormat = ChatResponseFormat.Text },
        ["json"] = new() { ResponseFormat = ChatResponseFormat.Json },
        ["schema"] = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("{}")) },
        ["reasoning"] = new() { Reasoning = new() { Effort = ReasoningEffort.High } },
        ["tool_mode"] = new() { ToolMode = ChatToolMode.RequireSpecific("weather") },
        ["parallel"] = new() { AllowMultipleToolCalls = false },
    };

    public static TheoryData<string, string?, object?, string> Keys => new()
    {
        { "temperature", "gen_ai.request.temperature", 0.1d, """{"temperature":0.1}""" },
        { "top_p", "gen_ai.request.top_p", 0.9d, """{"top_p":0.9}""" },
        { "top_k", "gen_ai.request.top_k", 40d, """{"top_k":40}""" },
        { "max_tokens", "gen_ai.request.max_tokens", 64L, """{"max_tokens":64}""" },
        { "frequency_penalty", "gen_ai.request.frequency_penalty", 0.5d, """{"frequency_penalty":0.5}""" },
        { "presence_penalty", "gen_ai.request.presence_penalty", -0.5d, """{"presence_penalty":-0.5}""" },
        { "seed", "gen_ai.request.seed", 42L, """{"seed":42}""" },
        { "stop", "gen_ai.request.stop_sequences", new[] { "a", "b\"c" }, """{"stop":["a","b\"c"]}""" },
        { "text", "gen_ai.output.type", "text", """{"response_format":"text"}""" },
        { "json", "gen_ai.output.type", "json", """{"response_format":"json"}""" },
        { "schema", "gen_ai.output.type", "json", """{"response_format":"json"}""" },
        { "reasoning", "gen_ai.request.reasoning.level", "high", """{"reasoning_effort":"high"}""" },
        { "tool_mode", null, null, """{"tool_choice":"weather"}""" },
        { "parallel", null, null, """{"parallel_tool_calls":false}""" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task GetResponseAsync_OneOption_WritesItUnderBothConventions(string option, string? key, object? value, string parameters)
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: Options[option]);

        var expected = new Dictionary<string, object?>(ExpectedTags.Both) { ["llm.invocation_parameters"] = parameters };
        if (key is not null)
        {
            expected[key] = value;
        }

        SpanAssert.Attributes(expected, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_TopKInProfileLatest_IsAnInteger()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.GenAIProfile = GenAIProfile.Latest);

        await chat.AskAsync(options: new() { TopK = 40 });

        Assert.Equal(40L, chat.Span.GetTagItem("gen_ai.request.top_k"));
    }

    [Fact]
    public async Task GetResponseAsync_SeveralOptions_WritesOneParametersObject()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.Conventions = SpanConventions.OpenInference);

        await chat.AskAsync(options: new() { Temperature = 0.7f, MaxOutputTokens = 5, ToolMode = ChatToolMode.Auto, StopSequences = ["x"] });

        Assert.Equal(
            """{"temperature":0.7,"max_tokens":5,"stop":["x"],"tool_choice":"auto"}""",
            chat.Span.GetTagItem("llm.invocation_parameters"));
    }

    [Fact]
    public async Task GetResponseAsync_OptionsThatNoConventionKnows_WriteNothing()
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: new()
        {
            AdditionalProperties = new() { ["api_key"] = "secret" },
            RawRepresentationFactory = _ => new object(),
            Instructions = "Be brief.",
            StopSequences = [],
        });

        SpanAssert.Attributes(ExpectedTags.Both, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_PreviousResponseAlone_IsNoInvocationParameter()
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: new() { ConversationId = "resp_1" });

        SpanAssert.Attributes(new(ExpectedTags.Both) { ["gen_ai.request.previous_response.id"] = "resp_1" }, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_ModelsInTurn_EachNamesItsSpan()
    {
        using var chat = new ObservedChat(new StubChatClient());

        foreach (var model in new[] { "a", "b", "a", null })
        {
            await chat.AskAsync(options: new() { ModelId = model });
            await chat.ReadAsync(options: new() { ModelId = model });
        }

        Assert.Equal(
            ["chat a a ", "chat a a True", "chat b b ", "chat b b True", "chat a a ", "chat a a True", "chat stub-model stub-model ", "chat stub-model stub-model True"],
            chat.Spans.Spans.Select(static span =>
                $"{span.DisplayName} {span.GetTagItem("gen_ai.request.model")} {span.GetTagItem("gen_ai.request.stream")}"));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.ExtraHigh, "extrahigh")]
    public async Task GetResponseAsync_ReasoningEffort_IsWrittenInLowerCase(ReasoningEffort effort, string level)
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: new() { Reasoning = new() { Effort = effort } });

        Assert.Equal(level, chat.Span.GetTagItem("gen_ai.request.reasoning.level"));
    }

    [Fact]
    public async Task GetResponseAsync_HighestReasoningEffortOfOpenAI_HasItsWord()
    {
        using var chat = new ObservedChat(new StubChatClient { Metadata = new("openai", new Uri("https://api.openai.com/v1"), "m") });

        await chat.AskAsync(options: new() { Reasoning = new() { Effort = ReasoningEffort.ExtraHigh } });

        Assert.Equal("xhigh", chat.Span.GetTagItem("gen_ai.request.reasoning.level"));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public async Task GetResponseAsync_OddTemperature_KeepsParametersReadable(float temperature)
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: new() { Temperature = temperature, TopK = 1 });

        Assert.Equal((double)temperature, chat.Span.GetTagItem("gen_ai.request.temperature"));
        Assert.Equal(1, JsonElement.Parse((string)chat.Span.GetTagItem("llm.invocation_parameters")!).GetProperty("top_k").GetInt32());
    }

    [Fact]
    public async Task GetResponseAsync_RecordedAdditionalProperties_WritesTheNamedOnes()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.RecordedAdditionalProperties.Add("tier");
            o.RecordedAdditionalProperties.Add("limits");
        });

        await chat.AskAsync(options: new()
        {
            AdditionalProperties = new() { ["tier"] = "flex", ["limits"] = new Dictionary<string, object?> { ["rpm"] = 5 }, ["other"] = 1 },
        });

        Assert.Equal(
            [new("aiobs.request.tier", "flex"), new("aiobs.request.limits", """{"rpm":5}""")],
            chat.Span.TagObjects.Where(tag => tag.Key.StartsWith("aiobs.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetResponseAsync_RecordedAdditionalPropertiesWithoutContent_WritesNone()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.RecordedAdditionalProperties.Add("tier"));

        await chat.AskAsync(options: new() { AdditionalProperties = new() { ["tier"] = "flex" } });

        SpanAssert.Attributes(ExpectedTags.Both, chat.Span);
    }
}
