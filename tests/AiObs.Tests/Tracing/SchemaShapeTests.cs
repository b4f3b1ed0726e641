using AiObs.Tracing;

namespace AiObs.Tests.Tracing;

/// <summary>What the schemas of the conventions demand of values that may be anything.</summary>
public sealed class SchemaShapeTests
{
    [Fact]
    public void TraceTool_ArgumentsThatAreAText_AreAJsonTextInToolParameters()
    {
        using var fixture = new TracerFixture();

        fixture.Tracer.TraceTool("weather", new ToolStart { Arguments = "just text" }, _ => "Sunny.");

        Assert.Equal("\"just text\"", fixture.Spans.Only().GetTagItem("tool.parameters"));
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, """[{"id":"d1","score":0.5,"content":"a"}]""")]
    [InlineData(GenAIProfile.Latest, """[{"id":"d1","score":0.5,"content":"a"},{"content":"b"}]""")]
    public void TraceRetriever_DocumentWithoutIdAndScore_StandsWhereItsSchemaAllowsIt(GenAIProfile profile, string documents)
    {
        using var fixture = new TracerFixture(o => o.GenAIProfile = profile);
        RetrievedDocument[] found = [new() { Id = "d1", Score = 0.5, Content = "a" }, new() { Content = "b" }];

        fixture.Tracer.TraceRetriever("index", new RetrieverStart { Query = "q" }, _ => found);

        Assert.Equal(documents, fixture.Spans.Only().GetTagItem("gen_ai.retrieval.documents"));
    }
}
