using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>What each hide flag changes on a span that has everything.</summary>
public sealed class FlagTests
{
    private const string Redacted = "__REDACTED__";

    private static readonly Dictionary<string, object?> Nothing = [];

    private static readonly string[] InputValues =
        ["gen_ai.prompt.variable.city", "executor.input", "message.content", "input.value"];

    private static readonly string[] OutputValues = ["executor.output", "message.content", "output.value"];

    private static readonly string[] InputMessages =
    [
        "gen_ai.input.messages", "gen_ai.system_instructions", "gen_ai.prompt", "llm.input_messages.0.message.role",
        "llm.input_messages.0.message.content", "llm.input_messages.0.message.contents.1.message_content.image.image.url",
    ];

    private static readonly string[] OutputMessages = ["gen_ai.output.messages", "gen_ai.completion", "llm.output_messages.0.message.content"];

    private static readonly string[] Tools = ["gen_ai.tool.definitions", "llm.tools.0.tool.json_schema"];

    [Fact]
    public void Apply_NothingIsHidden_LeavesTheSpanAlone()
    {
        var span = Guard.Run(RichSpan.Create());

        Assert.Equal(RichSpan.Create().TagObjects, span.TagObjects);
    }

    [Fact]
    public void Apply_RemoveWithContentCaptured_ShowsWhatOursWould() =>
        SpanAssert.Attributes(RichSpan.Shown(), Guard.Run(RichSpan.Create(), mode: ForeignContentMode.Remove));

    [Fact]
    public void Apply_HideInputs_HidesWhatGoesIn() => Check(
        options => options.HideInputs = true,
        [.. InputMessages, .. Tools, "gen_ai.tool.call.arguments", "gen_ai.retrieval.query.text", "tool.parameters"],
        new() { ["embedding.embeddings.0.embedding.text"] = Redacted },
        InputValues);

    [Fact]
    public void Apply_HideOutputs_HidesWhatComesOut() => Check(
        options => options.HideOutputs = true,
        [.. OutputMessages, "gen_ai.tool.call.result"],
        new()
        {
            ["gen_ai.retrieval.documents"] = """[{"id":"d1","score":0.5}]""",
            ["embedding.embeddings.0.embedding.vector"] = Redacted,
        },
        OutputValues);

    [Fact]
    public void Apply_HideInputMessages_HidesMessagesOfTheRequest() =>
        Check(options => options.HideInputMessages = true, InputMessages, Nothing, InputValues);

    [Fact]
    public void Apply_HideOutputMessages_HidesMessagesOfTheResponse() =>
        Check(options => options.HideOutputMessages = true, OutputMessages, Nothing, OutputValues);

    [Fact]
    public void Apply_HideInputText_HidesTextOfTheRequest() => Check(
        options => options.HideInputText = true,
        [],
        new()
        {
            ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://e.org/in.png"}]}]""",
            ["gen_ai.system_instructions"] = """[{"type":"text","content":"__REDACTED__"}]""",
            ["gen_ai.prompt"] = Redacted,
            ["llm.input_messages.0.message.content"] = Redacted,
        },
        InputValues);

    [Fact]
    public void Apply_HideOutputText_HidesTextOfTheResponse() => Check(
        options => options.HideOutputText = true,
        [],
        new()
        {
            ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"__REDACTED__"}],"finish_reason":"tool_call"}]""",
            ["gen_ai.completion"] = Redacted,
            ["llm.output_messages.0.message.content"] = Redacted,
        },
        OutputValues);

    [Fact]
    public void Apply_HideInputImages_HidesImagesOfTheRequest() => Check(
        options => options.HideInputImages = true,
        ["llm.input_messages.0.message.contents.1.message_content.image.image.url"],
        new()
        {
            ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"in"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"__REDACTED__"}]}]""",
        },
        InputValues);

    [Fact]
    public void Apply_HideLlmTools_HidesTools() => Check(options => options.HideLlmTools = true, Tools, Nothing);

    [Fact]
    public void Apply_HideLlmInvocationParameters_HidesOptionsOfTheRequest() => Check(
        options => options.HideLlmInvocationParameters = true, ["gen_ai.request.temperature", "llm.invocation_parameters"], Nothing);

    [Fact]
    public void Apply_HideEmbeddingsVectors_HidesVectors() => Check(
        options => options.HideEmbeddingsVectors = true, [], new() { ["embedding.embeddings.0.embedding.vector"] = Redacted });

    [Fact]
    public void Apply_HideEmbeddingsText_HidesTextsToEmbed() => Check(
        options => options.HideEmbeddingsText = true, [], new() { ["embedding.embeddings.0.embedding.text"] = Redacted }, InputValues);

    [Fact]
    public void Apply_HidePrompts_HidesThePromptsOfTextCompletions()
    {
        var span = ForeignSpans.With(("gen_ai.operation.name", "text_completion"), ("gen_ai.prompt", "in"), ("gen_ai.completion", "out"));

        Guard.Run(span, options => options.HidePrompts = true);

        SpanAssert.Attributes(
            new() { ["gen_ai.operation.name"] = "text_completion", ["gen_ai.prompt"] = Redacted, ["gen_ai.completion"] = "out" }, span);
    }

    [Fact]
    public void Apply_HideChoices_HidesTheChoicesOfTextCompletions()
    {
        var span = ForeignSpans.With(
            ("gen_ai.operation.name", "text_completion"),
            ("gen_ai.prompt", "in"),
            ("gen_ai.completion", """[{"role":"assistant","content":"out"}]"""),
            ("llm.choices.0.completion.text", "out"));

        Guard.Run(span, options => options.HideChoices = true);

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "text_completion",
                ["gen_ai.prompt"] = "in",
                ["gen_ai.completion"] = """[{"role":"assistant","parts":[{"type":"text","content":"__REDACTED__"}],"finish_reason":"unknown"}]""",
                ["llm.choices.0.completion.text"] = Redacted,
            },
            span);
    }

    [Theory]
    [InlineData(ContentCapture.None)]
    [InlineData(ContentCapture.Events)]
    public void Apply_ContentIsNotCapturedOnSpans_RemovesIt(ContentCapture capture)
    {
        SpanAssert.Attributes(RichSpan.Facts(), Guard.Run(RichSpan.Create(), options => options.HideLlmTools = true, capture: capture));
        SpanAssert.Attributes(RichSpan.Facts(), Guard.Run(RichSpan.Create(), mode: ForeignContentMode.Remove, capture: capture));
    }

    [Fact]
    public void Apply_Keep_LeavesTheSpanAloneWhateverIsHidden()
    {
        var span = Guard.Run(
            RichSpan.Create(),
            options =>
            {
                options.HideInputs = options.HideOutputs = true;
                options.UserIdHashKey = "0123456789abcdef";
            },
            ForeignContentMode.Keep,
            ContentCapture.None);

        Assert.Equal(RichSpan.Create().TagObjects, span.TagObjects);
    }

    private static void Check(Action<PrivacyOptions> hide, string[] removed, Dictionary<string, object?> changed, string[]? redacted = null)
    {
        var expected = RichSpan.Shown();
        foreach (var key in removed.Append("exception.message"))
        {
            Assert.True(expected.Remove(key), key);
        }

        foreach (var (key, value) in changed.Concat((redacted ?? []).Select(key => KeyValuePair.Create(key, (object?)Redacted))))
        {
            Assert.True(expected.ContainsKey(key), key);
            expected[key] = value;
        }

        SpanAssert.Attributes(expected, Guard.Run(RichSpan.Create(), hide));
    }
}
