using AiObs.Libraries.Tests.OpenAI;
using FakeModelServer;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace AiObs.Libraries.Tests.Canaries;

/// <summary>Canaries in raw calls of the OpenAI SDK.</summary>
public sealed class RawOpenAITests
{
    private const string Schema = """{"type":"object","description":"canaryschema","properties":{"canarymember":{"type":"string"}}}""";

    /// <summary>What redaction alone takes away: it is no content.</summary>
    private static readonly string[] Standing = ["canarytag", "canarymetadata", "canarydeep", "canarystop"];

    private static readonly string[] Replied = ["canaryanswer", "canaryreasoning", "canarycall", "canaryerror"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ModelReply Reply => new()
    {
        Reasoning = ["canary", "reasoning"],
        Text = ["canary", "answer"],
        ToolCalls = [new ModelToolCall { Name = "look", Arguments = ["""{"at":"can""", """arycall"}"""] }],
    };

    private static ModelReply Error => new() { Error = new ModelError { Status = 400, Message = "canaryerror" } };

    private static ModelReply BrokenOff => Reply with { Error = new ModelError { Message = "canaryerror", AfterPieces = 2 } };

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task Chat_ShowsNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        var chat = Sdk.Connect(run.Server, options => options.UseAgentObservability(run.Root)).GetChatClient(Weather.Model);
        run.Server.Enqueue(Reply, Reply, Error, Error, BrokenOff);

        await CanaryRun.DoAsync(() => chat.CompleteChatAsync(ChatMessages(), ChatOptions(), Token));
        await CanaryRun.DoAsync(() => ReadAsync(chat));
        await CanaryRun.DoAsync(() => chat.CompleteChatAsync(ChatMessages(), ChatOptions(), Token));
        await CanaryRun.DoAsync(() => ReadAsync(chat));
        await CanaryRun.DoAsync(() => ReadAsync(chat));

        await run.AssertAsync(
            mode,
            [
                .. Standing, .. Replied, "canarysystem", "canarydeveloper", "canaryuser", "canaryname", "canaryaddress", "canaryfile", "canarysaid", "canaryarguments",
                "canaryresult", "canarydescription", "canaryschema", "canarymember",
            ],
            Standing);
    }

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task Responses_ShowNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        var responses = Sdk.Connect(run.Server, options => options.UseAgentObservability(run.Root)).GetResponsesClient();
        run.Server.Enqueue(Reply, Reply, Error, Error, BrokenOff);

        await CanaryRun.DoAsync(() => responses.CreateResponseAsync(ResponseOptions(isStreaming: false), Token));
        await CanaryRun.DoAsync(() => ReadAsync(responses));
        await CanaryRun.DoAsync(() => responses.CreateResponseAsync(ResponseOptions(isStreaming: false), Token));
        await CanaryRun.DoAsync(() => ReadAsync(responses));
        await CanaryRun.DoAsync(() => ReadAsync(responses));

        string[] standing = [.. Standing.Except(["canarystop"])];
        await run.AssertAsync(
            mode,
            [
                .. standing, .. Replied, "canaryinstructions", "canarydeveloper", "canaryuser", "canaryaddress", "canaryfile", "canarysaid", "canaryarguments", "canaryresult",
                "canarydescription", "canaryschema", "canarymember", "canarythought",
            ],
            standing);
    }

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task Embeddings_ShowNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        var embeddings = Sdk.Connect(run.Server, options => options.UseAgentObservability(run.Root)).GetEmbeddingClient("text-embedding-3-small");
        run.Server.Enqueue(new ModelReply { Embeddings = [[0.5f], [0.25f]] }, Error);

        await CanaryRun.DoAsync(() => embeddings.GenerateEmbeddingsAsync(["canaryembedded", "plain"], cancellationToken: Token));
        await CanaryRun.DoAsync(() => embeddings.GenerateEmbeddingAsync("canaryrefused", cancellationToken: Token));

        string[] standing = [.. Standing.Except(["canarystop"])];
        await run.AssertAsync(mode, [.. standing, "canaryembedded", "canaryrefused", "canaryerror"], standing);
    }

    private static ChatMessage[] ChatMessages() =>
    [
        new SystemChatMessage("canarysystem"),
        new DeveloperChatMessage("canarydeveloper"),
        new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("canaryuser"),
            ChatMessageContentPart.CreateImagePart(new Uri("https://canaryaddress/x.png")),
            ChatMessageContentPart.CreateFilePart("canaryfile"))
        {
            ParticipantName = "canaryname",
        },
        new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "look", BinaryData.FromString("""{"at":"canaryarguments"}"""))]),
        new ToolChatMessage("call_1", "canaryresult"),
        new AssistantChatMessage("canarysaid"),
        new UserChatMessage("and?"),
    ];

    private static ChatCompletionOptions ChatOptions() => new()
    {
        StopSequences = { "canarystop" },
        Tools = { ChatTool.CreateFunctionTool("look", "canarydescription", BinaryData.FromString(Schema)) },
    };

    private static CreateResponseOptions ResponseOptions(bool isStreaming) => new()
    {
        Model = "gpt-5",
        Instructions = "canaryinstructions",
        StreamingEnabled = isStreaming,
        Tools = { ResponseTool.CreateFunctionTool("look", BinaryData.FromString(Schema), false, "canarydescription") },
        InputItems =
        {
            ResponseItem.CreateDeveloperMessageItem("canarydeveloper"),
            ResponseItem.CreateUserMessageItem(
                [
                    ResponseContentPart.CreateInputTextPart("canaryuser"),
                    ResponseContentPart.CreateInputImagePart(new Uri("https://canaryaddress/x.png")),
                    ResponseContentPart.CreateInputFilePart("canaryfile"),
                ]),
            ResponseItem.CreateReasoningItem("canarythought"),
            ResponseItem.CreateFunctionCallItem("call_1", "look", BinaryData.FromString("""{"at":"canaryarguments"}""")),
            ResponseItem.CreateFunctionCallOutputItem("call_1", "canaryresult"),
            ResponseItem.CreateAssistantMessageItem("canarysaid"),
            ResponseItem.CreateUserMessageItem("and?"),
        },
    };

    private static async Task ReadAsync(ChatClient chat)
    {
        await foreach (var _ in chat.CompleteChatStreamingAsync(ChatMessages(), ChatOptions(), Token))
        {
            // Only a stream that is read to its end has ended.
        }
    }

    private static async Task ReadAsync(ResponsesClient responses)
    {
        await foreach (var _ in responses.CreateResponseStreamingAsync(ResponseOptions(isStreaming: true), Token))
        {
            // Only a stream that is read to its end has ended.
        }
    }
}
