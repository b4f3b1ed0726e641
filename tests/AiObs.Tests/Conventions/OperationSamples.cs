using System.Diagnostics;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Tests.Conventions;

/// <summary>Operations of every kind: with everything known, and with nothing but their kind.</summary>
internal static class OperationSamples
{
    /// <summary>Stands in every piece of content, and nowhere else.</summary>
    public const string Canary = "canary7c2f";

    private static readonly ModelEndpoint Endpoint = new("openai", "api.openai.com", 443);

    private static readonly Dictionary<string, object?> Metadata = new() { ["tier"] = 1 };

    public static IReadOnlyDictionary<string, Func<AgentOperation>> All { get; } = new Dictionary<string, Func<AgentOperation>>
    {
        ["chat"] = FullChat,
        ["bare chat"] = static () => new ChatOperation(ModelEndpoint.Unknown, null, ChatRequest.Default),
        ["text completion"] = static () => new ChatOperation(Endpoint, "m", ChatRequest.Default) { IsTextCompletion = true },
        ["embeddings"] = static () => new EmbeddingOperation(Endpoint, "m")
        {
            ResponseModel = "m1",
            Dimensions = 3,
            Count = 2,
            Usage = new() { Input = 3, Total = 3 },
            Texts = [Canary, null],
            Vectors = [[1, 2], null],
        },
        ["hidden embeddings"] = static () => new EmbeddingOperation(Endpoint, "m") { Count = 2, AreVectorsHidden = true },
        ["bare embeddings"] = static () => new EmbeddingOperation(ModelEndpoint.Unknown, null),
        ["tool"] = static () => new ToolOperation("weather")
        {
            CallId = "c1",
            Description = "Tells the weather.",
            Input = RecordedValue.Json($$"""{"city":"{{Canary}}"}"""),
            Output = RecordedValue.Plain(Canary),
            Parent = Agent(),
        },
        ["bare tool"] = static () => new ToolOperation("weather"),
        ["agent"] = Agent,
        ["bare agent"] = static () => new AgentRunOperation("a"),
        ["prompt"] = static () => new PromptOperation("greeting")
        {
            Version = "1",
            Template = Canary,
            VariablesJson = $$"""{"name":"{{Canary}}"}""",
            Output = RecordedValue.Plain(Canary),
        },
        ["bare prompt"] = static () => new PromptOperation("greeting"),
        ["retriever"] = static () => new RetrieverOperation("index") { TopK = 2, Input = RecordedValue.Plain(Canary), Documents = Documents },
        ["bare retriever"] = static () => new RetrieverOperation("index"),
        ["reranker"] = static () => new RerankerOperation("reranker")
        {
            Model = "m",
            TopK = 2,
            Input = RecordedValue.Plain(Canary),
            InputDocuments = Documents,
            OutputDocuments = Documents,
        },
        ["bare reranker"] = static () => new RerankerOperation("reranker"),
        ["guardrail"] = static () => new StepOperation(OperationKind.Guardrail, "g") { Input = RecordedValue.Plain(Canary), Output = RecordedValue.Redacted },
        ["evaluator"] = static () => new StepOperation(OperationKind.Evaluator, "e"),
        ["chain"] = static () => new StepOperation(OperationKind.Chain, "c") { Output = RecordedValue.Json("1") },
    };

    private static RecordedDocument[] Documents => [new("d1", Canary, 0.5, $$"""{"note":"{{Canary}}"}"""), new(null, null, null, null)];

    private static TokenUsage FullUsage => new()
    {
        Input = 9,
        Output = 9,
        Total = 18,
        CacheRead = 1,
        CacheWrite = 1,
        Reasoning = 1,
        InputAudio = 1,
        InputText = 1,
        OutputAudio = 1,
        OutputText = 1,
    };

    /// <summary>Ends an operation as the pipeline does, on a span of its own.</summary>
    public static AgentOperation Finish(AgentOperation operation, OperationOutcome outcome, Activity activity)
    {
        operation.Activity = activity;
        operation.Outcome = outcome;
        if (outcome is OperationOutcome.Failed or OperationOutcome.Cancelled)
        {
            operation.Error = new("429", "System.Exception", Canary, "   at A.B()");
        }

        return operation;
    }

    private static AgentRunOperation Agent()
    {
        var agent = new AgentRunOperation("a")
        {
            AgentId = "id",
            Description = "An agent.",
            Version = "1",
            Provider = "openai",
            Input = RecordedValue.Plain(Canary),
            Output = RecordedValue.Plain(Canary),
        };
        agent.CountIteration();
        agent.CountTool("weather");
        return agent;
    }

    private static ChatOperation FullChat()
    {
        var request = new ChatRequest
        {
            Temperature = 0.5,
            TopP = 0.5,
            TopK = 1,
            MaxTokens = 1,
            FrequencyPenalty = 0.5,
            PresencePenalty = 0.5,
            Seed = 1,
            StopSequences = ["x"],
            OutputType = "json",
            ReasoningLevel = "low",
            PreviousResponseId = "resp_1",
            ToolChoice = "auto",
            AllowMultipleToolCalls = true,
        };
        var messages = new RecordedMessages(capacity: 1);
        messages.Add(new(new RecordedMessage("user", "Ada", [new TextPart(Canary), new MediaPart("image", "image/png", $"https://{Canary}", false)])));
        var operation = new ChatOperation(Endpoint, "m", request)
        {
            IsStreaming = true,
            ResponseModel = "m1",
            ResponseId = "r1",
            FinishReason = "stop",
            TimeToFirstChunk = TimeSpan.FromSeconds(1),
            ChunkCount = 2,
            Usage = FullUsage,
            Instructions = Canary,
            InputMessages = messages,
            OutputMessages = messages,
            Tools = [new("function", "weather", Canary, $$"""{"title":"{{Canary}}"}""")],
            AdditionalProperties = [new("tier", RecordedValue.Plain(Canary))],
            Context = new("conv", "ada", "sess", ["a"], """{"tier":1}""", Metadata),
        };
        operation.CountRedactions("mail", 1);
        return operation;
    }
}
