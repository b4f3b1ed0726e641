using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tracing;

/// <summary>One whole span per kind.</summary>
public sealed class AgentTracerKindTests
{
    private static readonly Dictionary<string, object?> City = new() { ["city"] = "Oslo" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TraceAgentAsync_RunsWithinASpan_WritesTheAgent()
    {
        using var fixture = new TracerFixture();

        var answer = await fixture.Tracer.TraceAgentAsync(
            "planner",
            new AgentStart { Input = "Plan a trip", Id = "agent-1", Description = "Plans", Version = "2", Provider = "anthropic" },
            span =>
            {
                span.SetResult(new AgentStop { Output = "Done", ToolsUsed = ["search", "book", "search"], Iterations = 3 });
                return Task.FromResult(42);
            },
            Token);

        Assert.Equal(42, answer);
        var span = fixture.Spans.Only("invoke_agent planner");
        Assert.Equal(ActivityKind.Internal, span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "AGENT",
                ["agent.name"] = "planner",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.agent.name"] = "planner",
                ["gen_ai.agent.id"] = "agent-1",
                ["gen_ai.agent.description"] = "Plans",
                ["gen_ai.agent.version"] = "2",
                ["gen_ai.provider.name"] = "anthropic",
                ["aiobs.agent.tools_used"] = new[] { "book", "search" },
                ["aiobs.agent.iterations"] = 3L,
                ["input.value"] = "Plan a trip",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = "Done",
                ["output.mime_type"] = "text/plain",
            },
            span);
    }

    [Fact]
    public void StartEvaluator_WithAScore_WritesTheJudgement()
    {
        using var fixture = new TracerFixture();

        using (var evaluator = fixture.Tracer.StartEvaluator("relevance", new StepStart { Input = "x" }))
        {
            evaluator.SetResult(new StepStop { Score = 0.25, Label = "fail", Explanation = "off topic" });
        }

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EVALUATOR",
                ["input.value"] = "x",
                ["input.mime_type"] = "text/plain",
                ["gen_ai.evaluation.name"] = "relevance",
                ["gen_ai.evaluation.score.value"] = 0.25,
                ["gen_ai.evaluation.score.label"] = "fail",
                ["gen_ai.evaluation.explanation"] = "off topic",
                ["evaluations.0.evaluation.name"] = "relevance",
                ["evaluations.0.evaluation.score"] = 0.25,
                ["evaluations.0.evaluation.label"] = "fail",
                ["evaluations.0.evaluation.explanation"] = "off topic",
            },
            fixture.Spans.Only());
        var record = Assert.Single(fixture.Logs.GetSnapshot());
        Assert.Equal("gen_ai.evaluation.result", record.Id.Name);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["gen_ai.evaluation.name"] = "relevance",
                ["gen_ai.evaluation.score.value"] = "0.25",
                ["gen_ai.evaluation.score.label"] = "fail",
                ["gen_ai.evaluation.explanation"] = "off topic",
            },
            record.StructuredState!.ToDictionary());
    }

    [Fact]
    public void StartEvaluator_ContentIsOff_WritesNoExplanation()
    {
        using var fixture = new TracerFixture(o => o.CaptureContent = ContentCapture.None);

        using (var evaluator = fixture.Tracer.StartEvaluator("relevance", new StepStart { Input = "x" }))
        {
            evaluator.SetResult(new StepStop { Score = double.NaN, Label = "fail", Explanation = "off topic" });
        }

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EVALUATOR",
                ["gen_ai.evaluation.name"] = "relevance",
                ["gen_ai.evaluation.score.label"] = "fail",
                ["evaluations.0.evaluation.name"] = "relevance",
                ["evaluations.0.evaluation.label"] = "fail",
            },
            fixture.Spans.Only());
        Assert.Equal(
            new Dictionary<string, string?> { ["gen_ai.evaluation.name"] = "relevance", ["gen_ai.evaluation.score.label"] = "fail" },
            Assert.Single(fixture.Logs.GetSnapshot()).StructuredState!.ToDictionary());
    }

    [Fact]
    public void TraceTool_ReturnsAnObject_WritesArgumentsAndResult()
    {
        using var fixture = new TracerFixture();

        fixture.Tracer.TraceTool(
            "get_weather",
            new ToolStart { Arguments = City, Description = "Weather", CallId = "call-1", Type = "extension" },
            _ => new Dictionary<string, object?> { ["celsius"] = 4 });

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "get_weather",
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "get_weather",
                ["gen_ai.tool.type"] = "extension",
                ["tool.id"] = "call-1",
                ["tool.description"] = "Weather",
                ["gen_ai.tool.call.id"] = "call-1",
                ["gen_ai.tool.description"] = "Weather",
                ["gen_ai.tool.call.arguments"] = """{"city":"Oslo"}""",
                ["gen_ai.tool.call.result"] = """{"celsius":4}""",
                ["input.value"] = """{"city":"Oslo"}""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = """{"celsius":4}""",
                ["output.mime_type"] = "application/json",
                ["tool.parameters"] = """{"city":"Oslo"}""",
            },
            fixture.Spans.Only("execute_tool get_weather"));
    }

    [Fact]
    public async Task TraceLlmAsync_ReturnsAResponse_WritesTheModelCall()
    {
        using var fixture = new TracerFixture();
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            ModelId = "m-1",
            ResponseId = "r-1",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
        };

        await fixture.Tracer.TraceLlmAsync(
            "m",
            new LlmStart
            {
                Messages = [new(ChatRole.User, "Hi")],
                Provider = "openai",
                Endpoint = new Uri("https://api.groq.com/v1"),
                Parameters = new() { Temperature = 0.1f },
            },
            span =>
            {
                span.SetResult(LlmStop.From(response) with { Cost = 0.0125m });
                return Task.FromResult(response);
            },
            Token);

        var span = fixture.Spans.Only("chat m");
        Assert.Equal(ActivityKind.Client, span.Kind);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "LLM",
                ["llm.system"] = "openai",
                ["llm.provider"] = "groq",
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "groq",
                ["gen_ai.request.model"] = "m",
                ["server.address"] = "api.groq.com",
                ["server.port"] = 443L,
                ["llm.model_name"] = "m-1",
                ["llm.request.model_name"] = "m",
                ["llm.response.model_name"] = "m-1",
                ["llm.finish_reason"] = "stop",
                ["llm.token_count.prompt"] = 7L,
                ["llm.token_count.completion"] = 3L,
                ["llm.token_count.total"] = 10L,
                ["llm.cost.total"] = 0.0125,
                ["aiobs.cost.total"] = 0.0125,
                ["llm.invocation_parameters"] = """{"temperature":0.1}""",
                ["gen_ai.response.model"] = "m-1",
                ["gen_ai.response.id"] = "r-1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.usage.output_tokens"] = 3L,
                ["gen_ai.request.temperature"] = 0.1,
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""",
                ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Hello.",
                ["output.mime_type"] = "text/plain",
                ["llm.output_messages.0.message.role"] = "assistant",
                ["llm.output_messages.0.message.content"] = "Hello.",
                ["llm.input_messages.0.message.role"] = "user",
                ["llm.input_messages.0.message.content"] = "Hi",
            },
            span);
    }

    [Fact]
    public void StartPrompt_StoppedWithTheText_WritesTheTemplate()
    {
        using var fixture = new TracerFixture();

        using (var prompt = fixture.Tracer.StartPrompt("greeting", new PromptStart { Template = "Hi {city}", Variables = City, Version = "v3" }))
        {
            prompt.SetResult(new PromptStop { Rendered = "Hi Oslo" });
        }

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "PROMPT",
                ["llm.prompt_template.version"] = "v3",
                ["llm.prompt_template.template"] = "Hi {city}",
                ["llm.prompt_template.variables"] = """{"city":"Oslo"}""",
                ["input.value"] = """{"city":"Oslo"}""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Hi Oslo",
                ["output.mime_type"] = "text/plain",
            },
            fixture.Spans.Only("greeting"));
    }

    [Fact]
    public async Task TraceEmbeddingAsync_ReturnsVectors_WritesTextsAndVectors()
    {
        using var fixture = new TracerFixture();

        await fixture.Tracer.TraceEmbeddingAsync(
            "embed-1",
            new EmbeddingStart { Texts = ["a"], Dimensions = 2, Provider = "cohere" },
            _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new float[] { 0.5f, 1f })])
            {
                Usage = new() { InputTokenCount = 1 },
            }),
            Token);

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EMBEDDING",
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.provider.name"] = "cohere",
                ["gen_ai.request.model"] = "embed-1",
                ["embedding.model_name"] = "embed-1",
                ["embedding.invocation_parameters"] = """{"dimensions":2}""",
                ["llm.token_count.prompt"] = 1L,
                ["llm.token_count.total"] = 1L,
                ["gen_ai.embeddings.dimension.count"] = 2L,
                ["aiobs.embeddings.input_count"] = 1L,
                ["gen_ai.usage.input_tokens"] = 1L,
                ["input.value"] = "a",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = """{"vectors":1,"dimensions":2}""",
                ["output.mime_type"] = "application/json",
                ["embedding.embeddings.0.embedding.text"] = "a",
                ["embedding.embeddings.0.embedding.vector"] = new[] { 0.5, 1.0 },
            },
            fixture.Spans.Only("embeddings embed-1"));
    }

    [Fact]
    public async Task TraceRetrieverAsync_ReturnsDocuments_WritesQueryAndDocuments()
    {
        using var fixture = new TracerFixture();
        RetrievedDocument[] found = [new() { Id = "d1", Content = "Text", Score = 0.75, Metadata = City }];

        await fixture.Tracer.TraceRetrieverAsync("docs", new RetrieverStart { Query = "Q", TopK = 5 }, _ => Task.FromResult(found), Token);

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "RETRIEVER",
                ["gen_ai.operation.name"] = "retrieval",
                ["gen_ai.data_source.id"] = "docs",
                ["gen_ai.request.top_k"] = 5L,
                ["gen_ai.retrieval.query.text"] = "Q",
                ["gen_ai.retrieval.documents"] = """[{"id":"d1","score":0.75,"content":"Text","metadata":{"city":"Oslo"}}]""",
                ["input.value"] = "Q",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = """[{"id":"d1","score":0.75,"content":"Text","metadata":{"city":"Oslo"}}]""",
                ["output.mime_type"] = "application/json",
                ["retrieval.documents.0.document.id"] = "d1",
                ["retrieval.documents.0.document.content"] = "Text",
                ["retrieval.documents.0.document.score"] = 0.75,
                ["retrieval.documents.0.document.metadata"] = """{"city":"Oslo"}""",
            },
            fixture.Spans.Only("retrieval docs"));
    }

    [Fact]
    public void TraceReranker_ReturnsDocuments_WritesBothLists()
    {
        using var fixture = new TracerFixture();

        fixture.Tracer.TraceReranker(
            "rerank",
            new RerankerStart { Query = "Q", Documents = [new() { Content = "A" }, new() { Content = "B" }], Model = "r1", TopK = 1 },
            _ => new RetrievedDocument[] { new() { Content = "B", Score = 0.9 } });

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "RERANKER",
                ["reranker.model_name"] = "r1",
                ["reranker.top_k"] = 1L,
                ["reranker.query"] = "Q",
                ["input.value"] = "Q",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = """[{"score":0.9,"content":"B"}]""",
                ["output.mime_type"] = "application/json",
                ["reranker.output_documents.0.document.content"] = "B",
                ["reranker.output_documents.0.document.score"] = 0.9,
                ["reranker.input_documents.0.document.content"] = "A",
                ["reranker.input_documents.1.document.content"] = "B",
            },
            fixture.Spans.Only("rerank"));
    }

    [Theory]
    [InlineData("GUARDRAIL")]
    [InlineData("EVALUATOR")]
    [InlineData("CHAIN")]
    public void TraceStep_ReturnsAValue_WritesInputAndOutput(string kind)
    {
        using var fixture = new TracerFixture();
        var start = new StepStart { Input = "in" };

        _ = kind switch
        {
            "GUARDRAIL" => fixture.Tracer.TraceGuardrail("step", start, _ => true),
            "EVALUATOR" => fixture.Tracer.TraceEvaluator("step", start, _ => true),
            _ => fixture.Tracer.TraceChain("step", start, _ => true),
        };

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = kind,
                ["input.value"] = "in",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = "true",
                ["output.mime_type"] = "application/json",
            },
            fixture.Spans.Only("step"));
    }
}
