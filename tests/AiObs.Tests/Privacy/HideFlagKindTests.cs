using System.Diagnostics;
using AiObs.Tests.Tracing;
using AiObs.TestSupport;
using AiObs.Tracing;

namespace AiObs.Tests.Privacy;

/// <summary>What hiding inputs and outputs takes away from spans that are no model calls.</summary>
public sealed class HideFlagKindTests
{
    private static readonly Dictionary<string, object?> City = new() { ["city"] = "Oslo" };

    [Fact]
    public void Tool_HideInputs_LosesTheArguments() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "TOOL",
            ["tool.name"] = "get_weather",
            ["gen_ai.operation.name"] = "execute_tool",
            ["gen_ai.tool.name"] = "get_weather",
            ["gen_ai.tool.type"] = "function",
            ["gen_ai.tool.call.result"] = "mild",
            ["input.value"] = "__REDACTED__",
            ["output.value"] = "mild",
            ["output.mime_type"] = "text/plain",
        },
        Tool(static privacy => privacy.HideInputs = true));

    [Fact]
    public void Tool_HideOutputs_LosesTheResult() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "TOOL",
            ["tool.name"] = "get_weather",
            ["tool.parameters"] = """{"city":"Oslo"}""",
            ["gen_ai.operation.name"] = "execute_tool",
            ["gen_ai.tool.name"] = "get_weather",
            ["gen_ai.tool.type"] = "function",
            ["gen_ai.tool.call.arguments"] = """{"city":"Oslo"}""",
            ["input.value"] = """{"city":"Oslo"}""",
            ["input.mime_type"] = "application/json",
            ["output.value"] = "__REDACTED__",
        },
        Tool(static privacy => privacy.HideOutputs = true));

    [Fact]
    public void Retriever_HideInputs_LosesTheQuery() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "RETRIEVER",
            ["gen_ai.operation.name"] = "retrieval",
            ["gen_ai.data_source.id"] = "docs",
            ["gen_ai.retrieval.documents"] = """[{"id":"d1","score":0.75,"content":"Text","metadata":{"city":"Oslo"}}]""",
            ["input.value"] = "__REDACTED__",
            ["output.value"] = """[{"id":"d1","score":0.75,"content":"Text","metadata":{"city":"Oslo"}}]""",
            ["output.mime_type"] = "application/json",
            ["retrieval.documents.0.document.id"] = "d1",
            ["retrieval.documents.0.document.content"] = "Text",
            ["retrieval.documents.0.document.score"] = 0.75,
            ["retrieval.documents.0.document.metadata"] = """{"city":"Oslo"}""",
        },
        Retriever(static privacy => privacy.HideInputs = true));

    [Fact]
    public void Retriever_HideOutputs_KeepsIdsAndScoresOfDocuments() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "RETRIEVER",
            ["gen_ai.operation.name"] = "retrieval",
            ["gen_ai.data_source.id"] = "docs",
            ["gen_ai.retrieval.query.text"] = "Q",
            ["gen_ai.retrieval.documents"] = """[{"id":"d1","score":0.75}]""",
            ["input.value"] = "Q",
            ["input.mime_type"] = "text/plain",
            ["output.value"] = "__REDACTED__",
            ["retrieval.documents.0.document.id"] = "d1",
            ["retrieval.documents.0.document.score"] = 0.75,
        },
        Retriever(static privacy => privacy.HideOutputs = true));

    [Fact]
    public void Reranker_HideInputs_LosesQueryAndCandidates() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "RERANKER",
            ["input.value"] = "__REDACTED__",
            ["output.value"] = """[{"score":0.9,"content":"B"}]""",
            ["output.mime_type"] = "application/json",
            ["reranker.output_documents.0.document.content"] = "B",
            ["reranker.output_documents.0.document.score"] = 0.9,
        },
        Reranker(static privacy => privacy.HideInputs = true));

    [Fact]
    public void Reranker_HideOutputs_KeepsTheScores() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "RERANKER",
            ["reranker.query"] = "Q",
            ["input.value"] = "Q",
            ["input.mime_type"] = "text/plain",
            ["output.value"] = "__REDACTED__",
            ["reranker.input_documents.0.document.content"] = "A",
            ["reranker.output_documents.0.document.score"] = 0.9,
        },
        Reranker(static privacy => privacy.HideOutputs = true));

    [Fact]
    public void Prompt_HideInputs_LosesTemplateVariablesAndTheTextMadeOfThem() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "PROMPT",
            ["input.value"] = "__REDACTED__",
            ["output.value"] = "__REDACTED__",
        },
        Prompt(static privacy => privacy.HideInputs = true));

    [Fact]
    public void Prompt_HideOutputs_LosesTheTextAlone() => SpanAssert.Attributes(
        new()
        {
            ["openinference.span.kind"] = "PROMPT",
            ["llm.prompt_template.template"] = "Hi {city}",
            ["llm.prompt_template.variables"] = """{"city":"Oslo"}""",
            ["input.value"] = """{"city":"Oslo"}""",
            ["input.mime_type"] = "application/json",
            ["output.value"] = "__REDACTED__",
        },
        Prompt(static privacy => privacy.HideOutputs = true));

    private static Activity Tool(Action<PrivacyOptions> configure)
    {
        using var fixture = new TracerFixture(options => configure(options.Privacy));

        fixture.Tracer.TraceTool("get_weather", new ToolStart { Arguments = City }, static _ => "mild");

        return fixture.Spans.Only();
    }

    private static Activity Retriever(Action<PrivacyOptions> configure)
    {
        using var fixture = new TracerFixture(options => configure(options.Privacy));

        fixture.Tracer.TraceRetriever(
            "docs",
            new RetrieverStart { Query = "Q" },
            static _ => new RetrievedDocument[] { new() { Id = "d1", Content = "Text", Score = 0.75, Metadata = City } });

        return fixture.Spans.Only();
    }

    private static Activity Reranker(Action<PrivacyOptions> configure)
    {
        using var fixture = new TracerFixture(options => configure(options.Privacy));

        fixture.Tracer.TraceReranker(
            "rerank",
            new RerankerStart { Query = "Q", Documents = [new() { Content = "A" }] },
            static _ => new RetrievedDocument[] { new() { Content = "B", Score = 0.9 } });

        return fixture.Spans.Only();
    }

    private static Activity Prompt(Action<PrivacyOptions> configure)
    {
        using var fixture = new TracerFixture(options => configure(options.Privacy));

        using (var prompt = fixture.Tracer.StartPrompt("greeting", new PromptStart { Template = "Hi {city}", Variables = City }))
        {
            prompt.SetResult(new PromptStop { Rendered = "Hi Oslo" });
        }

        return fixture.Spans.Only();
    }
}
