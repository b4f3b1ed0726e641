using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>Redaction of attributes, and what needs a rule of its own.</summary>
public sealed class AttributeTests
{
    private const string HashKey = "0123456789abcdef";

    private static readonly string[] Addresses = ["a@example.com", "none"];

    [Theory]
    [InlineData("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"a@example.com"}]}]""", """[{"role":"user","parts":[{"type":"text","content":"[EMAIL]"}]}]""")]
    [InlineData("gen_ai.input.messages", """[{"role":"user","content":"a@example.com"}]""", """[{"role":"user","parts":[{"type":"text","content":"[EMAIL]"}]}]""")]
    [InlineData("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"mine","a@example.com":1}]}]""", """[{"role":"user","parts":[{"type":"mine","[EMAIL]":1}]}]""")]
    [InlineData("gen_ai.system_instructions", "Ask a@example.com", """[{"type":"text","content":"Ask [EMAIL]"}]""")]
    [InlineData("gen_ai.tool.definitions", """[{"name":"f","description":"a@example.com"}]""", """[{"type":"function","name":"f","description":"[EMAIL]"}]""")]
    [InlineData("gen_ai.tool.description", "Mails a@example.com", "Mails [EMAIL]")]
    [InlineData("gen_ai.tool.call.arguments", """{"to":"a@example.com"}""", """{"to":"[EMAIL]"}""")]
    [InlineData("gen_ai.tool.call.result", "Sent to a@example.com", "Sent to [EMAIL]")]
    [InlineData("gen_ai.retrieval.documents", """[{"content":"a@example.com"}]""", """[{"content":"[EMAIL]"}]""")]
    [InlineData("gen_ai.memory.records", """[{"id":"k","content":"a@example.com"}]""", """[{"id":"k","content":"[EMAIL]"}]""")]
    [InlineData("gen_ai.prompt", "Write to a@example.com", "Write to [EMAIL]")]
    [InlineData("gen_ai.completion", """[{"content":"a@example.com"}]""", """[{"role":"assistant","parts":[{"type":"text","content":"[EMAIL]"}],"finish_reason":"unknown"}]""")]
    [InlineData("gen_ai.something.new", "a@example.com", "[EMAIL]")]
    [InlineData("executor.input", """{"text":"a@example.com"}""", """{"text":"[EMAIL]"}""")]
    [InlineData("input.value", "a@example.com", "[EMAIL]")]
    [InlineData("llm.input_messages.0.message.content", "a@example.com", "[EMAIL]")]
    [InlineData("error.message", "No mail to a@example.com", "No mail to [EMAIL]")]
    [InlineData("my.option", "a@example.com", "[EMAIL]")]
    [InlineData("gen_ai.request.stop_sequences", "a@example.com", "[EMAIL]")]
    [InlineData("gen_ai.response.id", "a@example.com", "a@example.com")]
    [InlineData("server.address", "a@example.com", "a@example.com")]
    public void Apply_RuleFindsSomething_ReplacesItWhereItStands(string key, string value, string expected)
    {
        var span = Guard.Run(ForeignSpans.With((key, value)), options => options.RedactionRules = RedactionRules.Email);

        SpanAssert.Attributes(new() { [key] = expected }, span);
    }

    [Fact]
    public void Apply_RedactorAndValuesThatAreNoText_RedactsWhatAnExporterWouldWrite()
    {
        var span = ForeignSpans.With(
            ("my.list", Addresses),
            ("my.object", new Dictionary<string, object?> { ["to"] = "a@example.com" }),
            ("my.card", 4111111111111111L),
            ("my.number", 5),
            ("my.flag", true));

        Guard.Run(span, options => options.RedactionRules = RedactionRules.Email | RedactionRules.Card);

        SpanAssert.Attributes(
            new()
            {
                ["my.list"] = new[] { "[EMAIL]", "none" },
                ["my.object"] = """{"to":"[EMAIL]"}""",
                ["my.card"] = "[CARD]",
                ["my.number"] = 5,
                ["my.flag"] = true,
            },
            span);
    }

    [Fact]
    public void Apply_ContentThatIsNoText_IsRemoved()
    {
        var span = ForeignSpans.With(("gen_ai.input.messages", Addresses), ("gen_ai.tool.call.result", new object()));

        SpanAssert.Attributes([], Guard.Run(span, options => options.RedactionRules = RedactionRules.Email));
    }

    [Theory]
    [InlineData("gen_ai.input.messages", """[{"content":"a@exam""")]
    [InlineData("gen_ai.input.messages", "a@example.com")]
    [InlineData("gen_ai.input.messages", """{"a@example.com":1}""")]
    [InlineData("gen_ai.tool.definitions", "a@example.com")]
    [InlineData("gen_ai.tool.call.arguments", """{"to":"a@example.com""")]
    [InlineData("gen_ai.retrieval.documents", "5")]
    [InlineData("gen_ai.prompt", """[{"content":"a@exam""")]
    [InlineData("executor.output", """{"to":""")]
    public void Apply_ContentThatCannotBeRead_IsRemoved(string key, string value) =>
        SpanAssert.Attributes([], Guard.Run(ForeignSpans.With((key, value)), options => options.RedactionRules = RedactionRules.Email));

    [Fact]
    public void Apply_RedactorThrows_HidesTheText()
    {
        var span = Guard.Run(
            ForeignSpans.With(("gen_ai.tool.call.result", "secret"), ("gen_ai.tool.call.arguments", """{"a":"secret"}"""), ("my.option", "secret")),
            options => options.RedactText = static (_, _) => throw new InvalidOperationException());

        SpanAssert.Attributes(
            new() { ["gen_ai.tool.call.result"] = "__REDACTED__", ["gen_ai.tool.call.arguments"] = "{\"__REDACTED__\":\"__REDACTED__\"}", ["my.option"] = "__REDACTED__" },
            span);
    }

    [Fact]
    public void Apply_OptionsCopiedToTheSpan_RemovesKeysThatNobodyKnowsOnceSomethingIsHidden()
    {
        var span = ForeignSpans.With(("user_question", "secret"), ("gen_ai.request.model", "m"), ("server.address", "host"));
        span.SetCustomProperty("__EnableSensitiveData__", "true");

        Guard.Run(span, options => options.HideInputText = true);

        SpanAssert.Attributes(new() { ["gen_ai.request.model"] = "m", ["server.address"] = "host" }, span);
    }

    [Theory]
    [InlineData("embeddings")]
    [InlineData("generate_content")]
    public void Apply_OperationsThatCopyOptionsWithoutSayingSo_LoseKeysThatNobodyKnows(string operation)
    {
        var span = Guard.Run(
            ForeignSpans.With(("gen_ai.operation.name", operation), ("user_question", "secret")), options => options.HideInputs = true);

        SpanAssert.Attributes(new() { ["gen_ai.operation.name"] = operation }, span);
    }

    [Fact]
    public void Apply_GenAiKeyThatNobodyKnows_IsRemovedOnceSomethingIsHidden() => SpanAssert.Attributes(
        [], Guard.Run(ForeignSpans.With(("gen_ai.something.new", "secret")), options => options.HideOutputText = true));

    [Fact]
    public void Apply_KeyWrittenTwice_LeavesOneMaskedCopy()
    {
        var span = ForeignSpans.With(
            ("gen_ai.tool.call.result", "first a@example.com"), ("gen_ai.tool.call.result", "last a@example.com"), ("gen_ai.prompt", "x"), ("gen_ai.prompt", null));

        Guard.Run(span, options => options.RedactionRules = RedactionRules.Email);

        SpanAssert.Attributes(new() { ["gen_ai.tool.call.result"] = "last [EMAIL]" }, span);
    }

    [Fact]
    public void Apply_HashKey_HashesUserIds()
    {
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.Privacy.UserIdHashKey = HashKey));
        var hash = root.Pipeline.UserIdOf("ada");
        var span = ForeignSpans.With(("user.id", "ada"), ("enduser.id", "ada"), ("enduser.id", "ada"), ("gen_ai.prompt", "x"));

        Guard.Run(span, options => options.UserIdHashKey = HashKey);

        Assert.NotEqual("ada", hash);
        SpanAssert.Attributes(new() { ["user.id"] = hash, ["enduser.id"] = hash, ["gen_ai.prompt"] = "x" }, span);
    }

    [Fact]
    public void Apply_UserIdThatIsOursAlready_IsNotHashedTwice()
    {
        var operation = new StepOperation(OperationKind.Chain, "step") { Context = new OperationContext(null, "hashed", null, null, null, null) };

        var span = Guard.Run(ForeignSpans.With(("user.id", "hashed")), options => options.UserIdHashKey = HashKey, operation: operation);

        Assert.Equal("hashed", span.GetTagItem("user.id"));
    }

    [Theory]
    [InlineData(ContentCapture.Spans, false, "mail to [EMAIL] failed")]
    [InlineData(ContentCapture.Spans, true, "MyException")]
    [InlineData(ContentCapture.None, false, "MyException")]
    [InlineData(ContentCapture.Events, false, "MyException")]
    public void Apply_FailedSpan_ShowsTheMessageOnlyIfItMay(ContentCapture capture, bool hides, string expected)
    {
        var span = ForeignSpans.With(("error.type", "MyException"));
        span.SetStatus(ActivityStatusCode.Error, "mail to a@example.com failed");

        Guard.Run(
            span,
            options =>
            {
                options.RedactionRules = RedactionRules.Email;
                options.HideInputs = hides;
            },
            capture: capture);

        SpanAssert.Status(ActivityStatusCode.Error, expected, span);
    }

    [Fact]
    public void Apply_FailedSpanWithoutErrorType_HasNoDescription()
    {
        var span = new Activity("tools/call");
        span.SetStatus(ActivityStatusCode.Error, """[{"type":"text","text":"secret"}]""");

        Guard.Run(span, options => options.HideOutputs = true);

        SpanAssert.Status(ActivityStatusCode.Error, null, span);
    }

    [Fact]
    public void Apply_NothingIsHidden_KeepsTheStatus()
    {
        var span = new Activity("tools/call");
        span.SetStatus(ActivityStatusCode.Error, "message");

        SpanAssert.Status(ActivityStatusCode.Error, "message", Guard.Run(span, capture: ContentCapture.None));
    }
}
