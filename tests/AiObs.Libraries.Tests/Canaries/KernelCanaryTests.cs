using AiObs.Libraries.Tests.OpenAI;
using FakeModelServer;
using Microsoft.SemanticKernel;

namespace AiObs.Libraries.Tests.Canaries;

/// <summary>Canaries on the spans of Semantic Kernel, whose connector runs functions and traces by itself.</summary>
public sealed class KernelCanaryTests
{
    private const string Prompt = """<message role="system">canarysystem</message><message role="user">canaryuser {{$topic}}</message>""";

    /// <summary>What redaction alone takes away: it is no content.</summary>
    private static readonly string[] Context = ["canarytag", "canarymetadata", "canarydeep"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CanaryModes.All), MemberType = typeof(CanaryModes))]
    public async Task SemanticKernel_ShowsNoCanary(CanaryMode mode)
    {
        await using var run = await CanaryRun.StartAsync(mode);
        var call = new ModelReply { ToolCalls = [new() { Name = "w-look", Arguments = ["""{"at":"canarycall"}"""] }] };
        var failing = new ModelReply { ToolCalls = [new() { Name = "w-fail", Arguments = ["""{"at":"canarycall"}"""] }] };
        var answer = ModelReply.Say("canary", "answer");
        run.Server.Enqueue(call, answer, call, answer, failing, answer, new ModelReply { Error = new ModelError { Status = 400, Message = "canaryerror" } });
        var kernel = CreateKernel(run);

        await CanaryRun.DoAsync(() => kernel.InvokePromptAsync(Prompt, Arguments(), cancellationToken: Token));
        await CanaryRun.DoAsync(() => kernel.InvokePromptStreamingAsync(Prompt, Arguments(), cancellationToken: Token).ToListAsync(Token).AsTask());
        await CanaryRun.DoAsync(() => kernel.InvokePromptAsync(Prompt, Arguments(), cancellationToken: Token));
        await CanaryRun.DoAsync(() => kernel.InvokePromptAsync(Prompt, Arguments(), cancellationToken: Token));

        await run.AssertAsync(
            mode,
            [.. Context, "canarysystem", "canaryuser", "canarytopic", "canarycall", "canaryfound", "canaryanswer", "canarythrown", "canaryerror"],
            Context);
    }

    private static Kernel CreateKernel(CanaryRun run)
    {
        var builder = Kernel.CreateBuilder();
        builder.AddOpenAIChatCompletion(Weather.Model, Sdk.Connect(run.Server));
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions(
            "w",
            [KernelFunctionFactory.CreateFromMethod((string at) => $"canaryfound {at}", "look"), KernelFunctionFactory.CreateFromMethod(string (string at) => throw new InvalidOperationException($"canarythrown {at}"), "fail")]);
        return kernel;
    }

    private static KernelArguments Arguments() =>
        new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }) { ["topic"] = "canarytopic" };
}
