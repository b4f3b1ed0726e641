using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>What stands in activity events afterwards.</summary>
public sealed class EventTests
{
    private const string Redacted = "__REDACTED__";
    private const string Body = ForeignSpans.EventContent;

    [Theory]
    [InlineData("gen_ai.user.message", """{"role":"user","name":"Ada","content":"a@example.com"}""", """{"role":"user","name":"Ada","content":"[EMAIL]"}""")]
    [InlineData("gen_ai.user.message", "a@example.com", "[EMAIL]")]
    [InlineData("gen_ai.tool.developer", """{"content":"a@example.com"}""", """{"content":"[EMAIL]"}""")]
    [InlineData("gen_ai.tool.message", """{"content":"a@example.com","id":"c1"}""", """{"content":"[EMAIL]","id":"c1"}""")]
    [InlineData("gen_ai.tool.message", """{"content":{"to":"a@example.com"},"id":"c1"}""", """{"content":{"to":"[EMAIL]"},"id":"c1"}""")]
    [InlineData(
        "gen_ai.assistant.message",
        """{"content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"to\":\"a@example.com\"}"}}]}""",
        """{"content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"to\":\"[EMAIL]\"}"}}]}""")]
    [InlineData(
        "gen_ai.assistant.message",
        """{"tool_calls":[{"id":"c1","name":"f","arguments":{"to":"a@example.com"}}]}""",
        """{"tool_calls":[{"id":"c1","name":"f","arguments":{"to":"[EMAIL]"}}]}""")]
    [InlineData(
        "gen_ai.assistant.message",
        """{"tool_calls":[{"id":"c1","function":{"name":"f","arguments":"{\"to\":"}}]}""",
        """{"tool_calls":[{"id":"c1","function":{"name":"f","arguments":"__REDACTED__"}}]}""")]
    [InlineData(
        "gen_ai.choice",
        """{"index":0,"message":{"role":"assistant","content":"a@example.com"},"finish_reason":"stop"}""",
        """{"index":0,"message":{"role":"assistant","content":"[EMAIL]"},"finish_reason":"stop"}""")]
    [InlineData("gen_ai.choice", """{"index":0,"message":"a@example.com"}""", """{"index":0,"message":"[EMAIL]"}""")]
    [InlineData(
        "gen_ai.user.message",
        """{"content":[{"type":"text","text":"a@example.com"},{"type":"image_url","image_url":{"url":"https://e.org/a"}}]}""",
        """{"content":[{"type":"text","content":"[EMAIL]"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://e.org/a"}]}""")]
    [InlineData("gen_ai.user.message", """[{"content":"a@example.com"}]""", """[{"content":"[EMAIL]"}]""")]
    [InlineData("gen_ai.user.message", """{"content":"a@exam""", Redacted)]
    [InlineData("gen_ai.user.message", """{"a@example.com":"x","role":{"x":"a@example.com"},"refusal":"a@example.com"}""", """{"refusal":"[EMAIL]"}""")]
    public void Apply_RuleFindsSomethingInABody_KeepsTheShape(string name, string body, string expected)
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(ForeignSpans.Event(name, ("gen_ai.system", "openai"), (Body, body))),
            options => options.RedactionRules = RedactionRules.Email);

        SpanAssert.Attributes(new() { ["gen_ai.system"] = "openai", [Body] = expected }, Assert.Single(span.Events).Tags);
    }

    [Fact]
    public void Apply_HideInputText_HidesTextOfTheRequestAlone()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(
                ForeignSpans.Event("gen_ai.user.message", (Body, """{"role":"user","content":"in"}""")),
                ForeignSpans.Event("gen_ai.tool.message", (Body, """{"content":{"t":4},"id":"c1"}""")),
                ForeignSpans.Event("gen_ai.choice", (Body, """{"index":0,"message":{"content":"out"}}"""))),
            options => options.HideInputText = true);

        Assert.Equal(
            [
                """{"role":"user","content":"__REDACTED__"}""",
                """{"content":"__REDACTED__","id":"c1"}""",
                """{"index":0,"message":{"content":"out"}}""",
            ],
            Bodies(span));
    }

    [Fact]
    public void Apply_HideInputImages_HidesImagesOfTheRequest()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(ForeignSpans.Event(
                "gen_ai.user.message",
                (Body, """{"content":[{"type":"text","text":"in"},{"type":"image_url","image_url":{"url":"https://e.org/a"}},{"type":"image_file","image_file":{"file_id":"f1"}}]}"""))),
            options => options.HideInputImages = true);

        Assert.Equal(
            [
                """{"content":[{"type":"text","content":"in"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"__REDACTED__"},{"type":"image_file","content":"__REDACTED__"}]}""",
            ],
            Bodies(span));
    }

    [Fact]
    public void Apply_MessagesAreHidden_HidesTheWholeBody()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(
                ForeignSpans.Event("gen_ai.user.message", (Body, """{"role":"user","content":"in"}""")),
                ForeignSpans.Event("gen_ai.choice", (Body, """{"index":0,"message":{"content":"out"}}"""))),
            options => options.HideOutputMessages = true);

        Assert.Equal(["""{"role":"user","content":"in"}""", Redacted], Bodies(span));
    }

    [Fact]
    public void Apply_HidePrompts_HidesTheRawPromptOfATextCompletion()
    {
        var span = ForeignSpans.WithEvents(ForeignSpans.Event("gen_ai.user.message", (Body, "Say hi.")));
        span.SetTag("gen_ai.operation.name", "text_completion");

        Assert.Equal([Redacted], Bodies(Guard.Run(span, options => options.HidePrompts = true)));
    }

    [Fact]
    public void Apply_ContentIsNotCapturedOnSpans_HidesEveryBody()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(
                ForeignSpans.Event("gen_ai.user.message", (Body, """{"role":"user","content":"in"}""")),
                ForeignSpans.Event("gen_ai.tool.message", ("id", "c1"), ("content", "4"), ("anything", 5))),
            mode: ForeignContentMode.Remove,
            capture: ContentCapture.None);

        Assert.Equal([Redacted], Bodies(span));
        SpanAssert.Attributes(new() { ["id"] = "c1", ["content"] = Redacted, ["anything"] = Redacted }, span.Events.Last().Tags);
    }

    [Fact]
    public void Apply_MembersAsTags_MasksEachByItself()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(ForeignSpans.Event(
                "gen_ai.choice",
                ("index", 0),
                ("finish_reason", "stop"),
                ("message", """{"content":"a@example.com"}"""),
                ("tool_calls", """[{"id":"c1","function":{"name":"f","arguments":"{\"to\":\"a@example.com\"}"}}]"""))),
            options => options.RedactionRules = RedactionRules.Email);

        SpanAssert.Attributes(
            new()
            {
                ["index"] = 0,
                ["finish_reason"] = "stop",
                ["message"] = """{"content":"[EMAIL]"}""",
                ["tool_calls"] = """[{"id":"c1","function":{"name":"f","arguments":"{\"to\":\"[EMAIL]\"}"}}]""",
            },
            Assert.Single(span.Events).Tags);
    }

    [Theory]
    [InlineData(false, "No mail to [EMAIL]", "at Mailer.Send(), [EMAIL]")]
    [InlineData(true, Redacted, Redacted)]
    public void Apply_ExceptionEvent_ShowsTheMessageOnlyIfItMay(bool hides, string message, string stackTrace)
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(ForeignSpans.Event(
                "exception",
                ("exception.type", "MyException"),
                ("exception.message", "No mail to a@example.com"),
                ("exception.stacktrace", "at Mailer.Send(), a@example.com"))),
            options =>
            {
                options.RedactionRules = RedactionRules.Email;
                options.HideInputs = hides;
            });

        SpanAssert.Attributes(
            new() { ["exception.type"] = "MyException", ["exception.message"] = message, ["exception.stacktrace"] = stackTrace },
            Assert.Single(span.Events).Tags);
    }

    [Fact]
    public void Apply_OtherEvents_AreHeldToTheRulesOfAttributes()
    {
        var span = Guard.Run(
            ForeignSpans.WithEvents(ForeignSpans.Event("executor.completed", ("executor.id", "e1"), ("executor.output", "secret"), ("note", "a@example.com"))),
            options =>
            {
                options.RedactionRules = RedactionRules.Email;
                options.HideOutputs = true;
            });

        SpanAssert.Attributes(
            new() { ["executor.id"] = "e1", ["executor.output"] = Redacted, ["note"] = "[EMAIL]" }, Assert.Single(span.Events).Tags);
    }

    [Fact]
    public void Apply_NothingIsHidden_LeavesEventsAlone()
    {
        const string Text = """{ "content": "in" }""";

        Assert.Equal([Text], Bodies(Guard.Run(ForeignSpans.WithEvents(ForeignSpans.Event("gen_ai.user.message", (Body, Text))))));
    }

    private static IEnumerable<object?> Bodies(Activity span) =>
        span.Events.SelectMany(item => item.Tags).Where(tag => tag.Key == Body).Select(tag => tag.Value);
}
