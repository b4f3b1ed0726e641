using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Whatever becomes of redaction, nothing that it reads is shown in the clear at any place, in any convention, plain or streamed.</summary>
public sealed class RedactedEverywhereTests
{
    /// <summary>What all canaries have in them, but for bytes and opaque reasoning, which redaction does not read.</summary>
    private const string Planted = "canary";

    private static readonly string[] Canaries =
    [
        .. Canary.Inputs.Except([Canary.Image, Canary.ImageBase64]), .. Canary.Outputs.Except([Canary.Signature]), Canary.StopSequence, Canary.Exception,
        "CANARYtag", "CANARYmetadata", "CANARYkey", "CANARYdeep", "CANARYfile", "CANARYquery", "CANARYdocument", "CANARYtemplate", "CANARYvariable", "CANARYrendered",
        "CANARYinput", "CANARYoutput", "CANARYtool", "CANARYembedded", "CANARYtracked", "CANARYerror",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ContentCapture, SpanConventions, string> Cases =>
    [
        .. from capture in new[] { ContentCapture.None, ContentCapture.Spans, ContentCapture.Events, ContentCapture.All }
           from conventions in new[] { SpanConventions.GenAI, SpanConventions.OpenInference, SpanConventions.All }
           from redaction in new[] { "replaces", "hides", "throws", "hangs" }
           select (capture, conventions, redaction),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnyPlace_UnderAnyRedaction_ShowsNothingInTheClear(ContentCapture capture, SpanConventions conventions, string redaction)
    {
        using var release = new ManualResetEventSlim();
        using var cage = Cage(capture, conventions, redaction switch
        {
            "replaces" => static (_, text) => text.Replace(Planted, "gone", StringComparison.OrdinalIgnoreCase),
            "hides" => static (_, _) => null,
            "throws" => static (_, text) => throw new InvalidOperationException(text),
            _ => (_, text) => release.Wait(TimeSpan.FromMinutes(5), Token) ? text : text,
        });

        await FillAsync(cage);
        release.Set();

        cage.AssertNoneOf(Canaries);
        Assert.Equal(15, cage.Spans.Count);
    }

    [Fact]
    public async Task AnyPlace_WithoutRedaction_ShowsAll()
    {
        using var cage = Cage(ContentCapture.All, SpanConventions.All, null);

        await FillAsync(cage);

        cage.AssertEachOf([.. Canaries.Except([Canary.ResponseSchema])]);
    }

    private static CanaryCage Cage(ContentCapture capture, SpanConventions conventions, Func<RedactionPlace, string, string?>? redact) => new(options =>
    {
        options.CaptureContent = capture;
        options.Conventions = conventions;
        options.CallbackTimeout = redact is null ? HangGuard.LongestCallback : TimeSpan.FromMilliseconds(50);
        options.RecordedAdditionalProperties.Add("note");
        options.Privacy.RedactText = redact;
    });

    private static async Task FillAsync(CanaryCage cage)
    {
        using var context = AgentContext.Begin(
            tags: ["CANARYtag"],
            metadata: [new("plain", "CANARYmetadata"), new("nested", new Dictionary<string, object?> { ["CANARYkey"] = new { deep = new[] { "CANARYdeep" } } })]);
        using var stub = new StubChatClient
        {
            OnResponse = static call => Task.FromResult(Answer(call)),
            OnStream = static call => new StubUpdates([.. Answer(call).ToChatResponseUpdates()]),
        };
        await cage.CallAsync(stub, Canary.Exception, Token);

        // Messages that are no list, with a hosted file in them.
        using var client = stub.UseAgentObservability(cage.Root);
        await client.GetResponseAsync(Lazily(), cancellationToken: Token);
        await client.GetStreamingResponseAsync(Lazily(), cancellationToken: Token).ToListAsync(Token);

        await RunToolsAsync(cage);
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(
            static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(new float[] { 1 })]))).UseAgentObservability(cage.Root);
        await generator.GenerateAsync(["CANARYembedded"], cancellationToken: Token);
        Trace(cage.Root.Tracer);
        await cage.Root.Events.TrackAsync("note", content: new Dictionary<string, object?> { ["CANARYtracked"] = new[] { "CANARYtracked" } }, cancellationToken: Token);
    }

    private static async Task RunToolsAsync(CanaryCage cage)
    {
        var arguments = new Dictionary<string, object?> { ["at"] = Canary.Arguments };
        using var model = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c2", "look", arguments), new FunctionCallContent("c3", "fail", arguments)])),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, Canary.Answer)));
        using var agent = new FunctionInvokingChatClient(model).UseAgent("agent", cage.Root);
        var options = new ChatOptions
        {
            Instructions = Canary.Instructions,
            Tools =
            [
                AIFunctionFactory.Create((string at) => new Dictionary<string, object?> { ["CANARYkey"] = new[] { Canary.Result, at } }, "look", Canary.ToolDescription),
                AIFunctionFactory.Create(string (string at) => throw new InvalidOperationException($"{Canary.Exception} {at}"), "fail", Canary.ToolDescription),
            ],
        };
        await agent.GetResponseAsync(Canary.Messages(), options, Token);
    }

    private static void Trace(AgentTracer tracer)
    {
        var documents = new[] { new RetrievedDocument { Id = "1", Content = "CANARYdocument", Metadata = new Dictionary<string, object?> { ["CANARYkey"] = "CANARYdeep" } } };
        using (var retriever = tracer.StartRetriever("find", new RetrieverStart { Query = "CANARYquery" }))
        {
            retriever.SetResult(new RetrieverStop { Documents = documents });
        }

        using (var reranker = tracer.StartReranker("rank", new RerankerStart { Query = "CANARYquery", Documents = documents }))
        {
            reranker.SetResult(new RerankerStop { Documents = documents });
        }

        var variables = new Dictionary<string, object?> { ["CANARYkey"] = "CANARYvariable" };
        using (var prompt = tracer.StartPrompt("ask", new PromptStart { Template = "CANARYtemplate", Variables = variables }))
        {
            prompt.SetResult(new PromptStop { Rendered = "CANARYrendered" });
        }

        using (var step = tracer.StartChain("step", new StepStart { Input = new { key = "CANARYinput" } }))
        {
            step.SetResult(new StepStop { Output = new[] { "CANARYoutput" } });
        }

        using (var tool = tracer.StartTool("tool", new ToolStart { Arguments = variables, Description = "CANARYtool" }))
        {
            tool.Fail(new InvalidOperationException("CANARYerror", new InvalidOperationException("CANARYerror")));
        }
    }

    private static ChatResponse Answer(StubChatCall call)
    {
        // As a model does that reads what it is asked.
        Assert.NotEmpty(call.Messages);
        return new(Canary.AnswerMessage());
    }

    private static IEnumerable<ChatMessage> Lazily()
    {
        yield return new(ChatRole.User, [new HostedFileContent("CANARYfile"), new TextContent(Canary.Text)]);
        yield return new(ChatRole.Tool, [new FunctionResultContent("c9", new Dictionary<string, object?> { ["CANARYkey"] = "CANARYdeep" })]);
    }
}
