using AiObs.OpenTelemetry.Bridge.Content.Reading;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;

/// <summary>Activity events that carry messages.</summary>
public sealed class EventFormTests
{
    [Theory]
    [InlineData("gen_ai.system.message", """{"content":"Be brief."}""", """{"role":"system","parts":[{"type":"text","content":"Be brief."}]}""")]
    [InlineData("gen_ai.user.message", """{"content":"Hi","role":"developer"}""", """{"role":"developer","parts":[{"type":"text","content":"Hi"}]}""")]
    [InlineData("gen_ai.user.message", """{"role":"user","name":"Ada","content":"Hi","tool_calls":[]}""", """{"role":"user","name":"Ada","parts":[{"type":"text","content":"Hi"}]}""")]
    [InlineData("gen_ai.user.message", "Say hi.", """{"role":"user","parts":[{"type":"text","content":"Say hi."}]}""")]
    [InlineData("gen_ai.tool.developer", """{"role":"developer","content":"Be brief."}""", """{"role":"developer","parts":[{"type":"text","content":"Be brief."}]}""")]
    [InlineData("gen_ai.tool.developer", """{"content":"Be brief."}""", """{"role":"developer","parts":[{"type":"text","content":"Be brief."}]}""")]
    [InlineData(
        "gen_ai.assistant.message",
        """{"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}""",
        """{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"f","arguments":{"a":1}}]}""")]
    [InlineData("gen_ai.tool.message", """{"content":"4","id":"c1"}""", """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"4"}]}""")]
    public void Read_EventOfTheRequest_IsAnInputMessage(string name, string body, string expected)
    {
        var content = ForeignContent.Read(ForeignSpans.WithEvents(ForeignSpans.Event(name, (ForeignSpans.EventContent, body))));

        Assert.Equal($"[{expected}]", Recorded.Json(content.Input));
        Assert.Null(content.Output);
    }

    [Theory]
    [InlineData("""{"index":0,"finish_reason":"stop","message":{"content":"Hi."}}""", """[{"type":"text","content":"Hi."}]""", "stop")]
    [InlineData("""{"index":0,"finish_reason":"stop","message":"Hi."}""", """[{"type":"text","content":"Hi."}]""", "stop")]
    [InlineData("""{"index":0,"finish_reason":"N/A","content":"Hi."}""", """[{"type":"text","content":"Hi."}]""", null)]
    [InlineData(
        """{"message":{"role":"assistant"},"tool_calls":[{"id":"c1","function":{"name":"f","arguments":"{}"}}],"finish_reason":"tool_calls"}""",
        """[{"type":"tool_call","id":"c1","name":"f","arguments":{}}]""",
        "tool_calls")]
    [InlineData(
        """{"message":{"tool_calls":[{"id":"c1","function":{"name":"f"}}]},"tool_calls":[{"id":"c1","function":{"name":"f"}}]}""",
        """[{"type":"tool_call","id":"c1","name":"f"}]""",
        null)]
    [InlineData("It is 4 degrees.", """[{"type":"text","content":"It is 4 degrees."}]""", null)]
    public void Read_Choice_IsAnOutputMessage(string body, string parts, string? reason)
    {
        var content = ForeignContent.Read(ForeignSpans.WithEvents(ForeignSpans.Event("gen_ai.choice", (ForeignSpans.EventContent, body))));

        Assert.Equal($$"""[{"role":"assistant","parts":{{parts}}}]""", Recorded.Json(content.Output));
        Assert.Equal(reason, content.FinishReason);
        Assert.Null(content.Input);
    }

    [Fact]
    public void Read_MembersAsTags_AreTheBody()
    {
        var content = ForeignContent.Read(ForeignSpans.WithEvents(
            ForeignSpans.Event("gen_ai.user.message", ("gen_ai.system", "openai"), ("role", "user"), ("content", "Hi")),
            ForeignSpans.Event("gen_ai.tool.message", ("id", "c1"), ("content", "4")),
            ForeignSpans.Event("gen_ai.choice", ("index", 0), ("finish_reason", "stop"), ("message", """{"content":"Hi."}"""))));

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"Hi"}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"4"}]}]""",
            Recorded.Json(content.Input));
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"Hi."}]}]""", Recorded.Json(content.Output));
        Assert.Equal("stop", content.FinishReason);
    }

    [Fact]
    public void Read_PromptAndCompletionEvents_AreInputAndOutput()
    {
        var content = ForeignContent.Read(ForeignSpans.WithEvents(
            ForeignSpans.Event("gen_ai.content.prompt", ("gen_ai.prompt", "Say hi.")),
            ForeignSpans.Event("gen_ai.content.completion", ("gen_ai.completion", "Hi."))));

        Assert.Equal("Say hi.", Assert.Single(content.Input!).Text);
        Assert.Equal("Hi.", Assert.Single(content.Output!).Text);
    }

    [Fact]
    public void Read_OtherEvents_CarryNoMessage()
    {
        var content = ForeignContent.Read(ForeignSpans.WithEvents(
            ForeignSpans.Event("exception", ("exception.message", "No.")),
            ForeignSpans.Event("gen_ai.user.message", ("gen_ai.system", "openai"))));

        Assert.Null(content.Input);
        Assert.Null(content.Output);
        Assert.Equal(0, content.MalformedCount);
    }
}
