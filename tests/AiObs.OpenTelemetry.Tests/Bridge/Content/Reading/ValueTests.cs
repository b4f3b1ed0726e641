using AiObs.OpenTelemetry.Bridge.Content;
using AiObs.OpenTelemetry.Bridge.Content.Reading;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;

/// <summary>Arguments, results, documents and what steps of workflows hand on.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("""{ "city": "Oslo", "n": 1.50 }""", """{"city":"Oslo","n":1.50}""", true)]
    [InlineData("[1, 2]", "[1,2]", true)]
    [InlineData("2", "2", true)]
    [InlineData("true", "true", true)]
    [InlineData("\"Sunny\"", "Sunny", false)]
    [InlineData("Sunny in Oslo", "Sunny in Oslo", false)]
    public void Read_Values_AreJsonOrText(string value, string text, bool isJson)
    {
        var content = ForeignContent.Read(ForeignSpans.With(
            ("gen_ai.tool.call.arguments", value),
            ("gen_ai.tool.call.result", value),
            ("executor.input", value),
            ("executor.output", value),
            ("message.content", value)));

        Assert.All(
            new[] { content.Arguments, content.Result, content.ExecutorInput, content.ExecutorOutput, content.WorkflowMessage },
            read => Assert.Equal(new ForeignValue(text, isJson), read));
        Assert.Equal(0, content.MalformedCount);
    }

    [Fact]
    public void Read_NullAsJson_IsNoResult() =>
        Assert.Null(ForeignContent.Read(ForeignSpans.With(("gen_ai.tool.call.result", "null"))).Result);

    [Fact]
    public void Read_Retrieval_HasQueryAndDocuments()
    {
        var content = ForeignContent.Read(ForeignSpans.With(
            ("gen_ai.retrieval.query.text", "Oslo"),
            ("gen_ai.retrieval.documents", """[{"id":"d1","score":0.5,"content":"Text","metadata":{"page":3},"lang":"no"},{"id":7},5]""")));

        Assert.Equal("Oslo", content.Query);
        Assert.Equal(2, content.Documents!.Count);
        var first = content.Documents[0];
        Assert.Equal(("d1", "Text", 0.5), (first.Id, first.Content, first.Score));
        Assert.Equal(["lang", "page"], first.Metadata!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("7", null, null), (content.Documents[1].Id, content.Documents[1].Content, content.Documents[1].Metadata));
    }

    [Theory]
    [InlineData("gen_ai.input.messages", "[{")]
    [InlineData("gen_ai.input.messages", "Hi")]
    [InlineData("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"\ud800"}]}]""")]
    [InlineData("gen_ai.system_instructions", "[{]")]
    [InlineData("gen_ai.tool.definitions", "weather")]
    [InlineData("gen_ai.tool.call.arguments", "{\"a\":")]
    [InlineData("gen_ai.tool.call.result", """{"a":"\ud800"}""")]
    [InlineData("gen_ai.retrieval.documents", "none")]
    [InlineData("gen_ai.prompt", "[{\"role\"")]
    public void Read_MalformedJson_IsCountedAndLeftAlone(string key, string value)
    {
        var span = ForeignSpans.With((key, value));

        var content = ForeignContent.Read(span);

        Assert.Equal(1, content.MalformedCount);
        Assert.Equal(value, span.GetTagItem(key));
    }

    [Fact]
    public void Read_DocumentThatIsTooDeep_IsCountedAsMalformed()
    {
        var json = new string('[', 100_000) + new string(']', 100_000);

        Assert.Equal(1, ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", json))).MalformedCount);
    }

    [Fact]
    public void Read_DocumentThatIsTooLong_IsCountedAsMalformed()
    {
        var json = $"[\"{new string('x', 9_000_000)}\"]";

        Assert.Equal(1, ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", json))).MalformedCount);
    }

    [Fact]
    public void Read_EventBodyThatIsMalformed_IsCounted()
    {
        var span = ForeignSpans.WithEvents(
            ForeignSpans.Event("gen_ai.user.message", (ForeignSpans.EventContent, """{"content":""")),
            ForeignSpans.Event("gen_ai.choice", ("message", """{"content":""")),
            ForeignSpans.Event("gen_ai.user.message", (ForeignSpans.EventContent, """{"content":"Hi"}""")));

        var content = ForeignContent.Read(span);

        Assert.Equal(2, content.MalformedCount);
        Assert.Equal("Hi", Assert.Single(content.Input!).Text);
    }

    [Fact]
    public void Read_ValuesThatAreNoText_AreNoContent()
    {
        var content = ForeignContent.Read(ForeignSpans.With(("gen_ai.input.messages", 5), ("gen_ai.tool.call.result", new object())));

        Assert.Null(content.Input);
        Assert.Null(content.Result);
        Assert.Equal(0, content.MalformedCount);
    }
}
