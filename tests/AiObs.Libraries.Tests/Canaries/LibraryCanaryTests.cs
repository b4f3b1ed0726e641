using System.Text.Json;
using AiObs.TestSupport.Stubs;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.Canaries;

/// <summary>Canaries on the spans of other libraries, which write their content themselves.</summary>
public sealed class LibraryCanaryTests
{
    /// <summary>What redaction alone takes away: it is no content.</summary>
    private static readonly string[] Context = ["canarytag", "canarymetadata", "canarydeep"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task ExtensionsAI_ShowsNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        foreach (var isObserved in new[] { false, true })
        {
            using var client = Traced(Scripted(), run, isObserved);
            await CanaryRun.DoAsync(() => client.GetResponseAsync(Messages(), Options(), Token));
            using var streamed = Traced(Scripted(), run, isObserved);
            await CanaryRun.DoAsync(() => streamed.GetStreamingResponseAsync(Messages(), Options(), Token).ToChatResponseAsync(Token));
            using var broken = Traced(StubChatClient.Throwing(new InvalidOperationException("canaryexception")), run, isObserved);
            await CanaryRun.DoAsync(() => broken.GetResponseAsync(Messages(), Options(), Token));
            await CanaryRun.DoAsync(() => broken.GetStreamingResponseAsync(Messages(), Options(), Token).ToChatResponseAsync(Token));
        }

        string[] standing = [.. Context, "canarystop", "canarydescription"];
        await run.AssertAsync(
            mode,
            [
                .. standing, "canaryproperty", "canarydeclared", "canaryschema", "canarysystem", "canaryuser", "canaryname", "canaryaddress", "canaryfile", "canarysaid", "canaryarguments", "canaryresult", "canaryinstructions",
                "canarycall", "canaryfound", "canarythrown", "canaryanswer", "canaryreasoning", "canaryexception",
            ],
            standing);
    }

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task ExtensionsAIEmbeddings_ShowNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        foreach (var isObserved in new[] { false, true })
        {
            using var generator = Traced(
                new StubEmbeddingGenerator<string, Embedding<float>>(static _ => Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([new(new[] { 0.5f })])), run, isObserved);
            await CanaryRun.DoAsync(() => generator.GenerateAsync(["canaryembedded"], cancellationToken: Token));
            using var broken = Traced(
                new StubEmbeddingGenerator<string, Embedding<float>>(static _ => throw new InvalidOperationException("canaryexception")), run, isObserved);
            await CanaryRun.DoAsync(() => broken.GenerateAsync(Enumerable.Repeat("canarylazy", 2).Select(static text => text), cancellationToken: Token));
        }

        await run.AssertAsync(mode, [.. Context, "canaryembedded", "canaryexception"], Context);
    }

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task AgentFramework_ShowsNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        foreach (var isObserved in new[] { false, true })
        {
            await CanaryRun.DoAsync(() => TracedAgent(Scripted(), run, isObserved).RunAsync(Messages(), cancellationToken: Token));
            await CanaryRun.DoAsync(() => TracedAgent(Scripted(), run, isObserved).RunStreamingAsync(Messages(), cancellationToken: Token).ToListAsync(Token).AsTask());
            await CanaryRun.DoAsync(() => TracedAgent(
                StubChatClient.Throwing(new InvalidOperationException("canaryexception")), run, isObserved).RunAsync(Messages(), cancellationToken: Token));
        }

        await CanaryRun.DoAsync(() => RunWorkflowAsync(run));

        string[] standing = [.. Context, "canarystop", "canarydescription"];
        await run.AssertAsync(
            mode,
            [
                .. standing, "canarydeclared", "canaryschema", "canarysystem", "canaryuser", "canaryname", "canaryaddress", "canaryfile", "canarysaid", "canaryarguments", "canaryresult", "canaryinstructions",
                "canarycall", "canaryfound", "canarythrown", "canaryanswer", "canaryreasoning", "canaryexception", "canaryworkflow",
            ],
            standing);
    }

    private static ChatMessage[] Messages() =>
    [
        new(ChatRole.System, "canarysystem"),
        new(ChatRole.User, [new TextContent("canaryuser"), new UriContent("https://canaryaddress/x.png", "image/png"), new HostedFileContent("canaryfile")]) { AuthorName = "canaryname" },
        new(ChatRole.Assistant, [new FunctionCallContent("call_1", "look", new Dictionary<string, object?> { ["at"] = "canaryarguments" })]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "canaryresult")]),
        new(ChatRole.Assistant, "canarysaid"),
        new(ChatRole.User, "and?"),
    ];

    private static ChatOptions Options() => new()
    {
        Instructions = "canaryinstructions",
        StopSequences = ["canarystop"],
        AdditionalProperties = new() { ["note"] = "canaryproperty" },
        Tools =
        [
            AIFunctionFactory.Create(Look, "look", "canarydescription"),
            AIFunctionFactory.Create(Fail, "fail", "canarydescription"),
            AIFunctionFactory.CreateDeclaration("wait", "canarydeclared", JsonElement.Parse("""{"type":"object","description":"canaryschema"}""")),
        ],
    };

    private static Dictionary<string, object?> Look(string at) => new() { ["found"] = $"canaryfound {at}" };

    private static string Fail(string at) => throw new InvalidOperationException($"canarythrown {at}");

    private static StubChatClient Scripted()
    {
        var arguments = new Dictionary<string, object?> { ["at"] = "canarycall" };
        return Weather.Scripted(
            Weather.Asking(new FunctionCallContent("call_2", "look", arguments), new FunctionCallContent("call_3", "fail", arguments)),
            Weather.Said(new TextReasoningContent("canaryreasoning"), new TextContent("canaryanswer")));
    }

    private static IChatClient Traced(IChatClient model, CanaryRun run, bool isObserved)
    {
        var builder = model.AsBuilder().UseFunctionInvocation().UseOpenTelemetry(configure: static traced => traced.EnableSensitiveData = true);
        return (isObserved ? builder.UseAgentObservability(run.Root) : builder).Build();
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Traced(IEmbeddingGenerator<string, Embedding<float>> model, CanaryRun run, bool isObserved)
    {
        var builder = model.AsBuilder().UseOpenTelemetry(configure: static traced => traced.EnableSensitiveData = true);
        return (isObserved ? builder.UseAgentObservability(run.Root) : builder).Build();
    }

    private static AIAgent TracedAgent(IChatClient model, CanaryRun run, bool isObserved) => new ChatClientAgent(
        isObserved ? model.UseAgentObservability(run.Root) : model,
        new ChatClientAgentOptions { Id = "agent-1", Name = "helper", ChatOptions = Options() })
        .AsBuilder().UseOpenTelemetry(configure: static traced => traced.EnableSensitiveData = true).Build();

    private static async Task RunWorkflowAsync(CanaryRun run)
    {
        var first = new ChatClientAgent(Scripted(), new ChatClientAgentOptions { Id = "writer", Name = "writer", ChatOptions = Options() }).BindAsExecutor(emitEvents: true);
        var second = new ChatClientAgent(
            Scripted().UseAgentObservability(run.Root), new ChatClientAgentOptions { Id = "editor", Name = "editor", ChatOptions = Options() }).BindAsExecutor(emitEvents: true);
        var workflow = new WorkflowBuilder(first).AddEdge(first, second).WithOutputFrom(second).WithName("report")
            .WithOpenTelemetry().Build();
        List<ChatMessage> messages = [new(ChatRole.User, "canaryworkflow")];
        await using var streaming = await InProcessExecution.Lockstep.RunStreamingAsync(workflow, messages, "session-1", Token);
        await streaming.TrySendMessageAsync(new TurnToken(emitEvents: true));
        await foreach (var _ in streaming.WatchStreamAsync(Token))
        {
            // Only a run that is read to its end has ended.
        }
    }
}
