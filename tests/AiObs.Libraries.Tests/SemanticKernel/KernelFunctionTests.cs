using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using CallContent = Microsoft.Extensions.AI.FunctionCallContent;
using ResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>Kernel functions that a chat client among the kernel's services calls, in the loop that the kernel puts around it.</summary>
public sealed class KernelFunctionTests : LibraryTest
{
    public static MatrixTheoryData<CallStyle, KernelLayout, Listener> EachLayout => new(
        [CallStyle.Plain, CallStyle.Streamed],
        [KernelLayout.AgentAroundTheLoop, KernelLayout.ObservedServices],
        [Listener.None, Listener.Costs, Listener.Tracer]);

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Prompt_AgentAroundTheLoop_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);

        await run.RecordAsync(() => AskAsync(run.Root, Model(), KernelLayout.AgentAroundTheLoop, style));

        await run.ApproveAsync($"KernelFunction.Agent.{style}.{content}");
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Prompt_ObservedServices_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);

        await run.RecordAsync(() => AskAsync(run.Root, Model(), KernelLayout.ObservedServices, style));

        await run.ApproveAsync($"KernelFunction.Services.{style}.{content}");
    }

    [Theory]
    [MemberData(nameof(EachLayout))]
    public async Task Function_CalledByTheModel_Runs(CallStyle style, KernelLayout layout, Listener listener)
    {
        using var application = new ObservedApplication(listener);
        var model = Model();

        await AskAsync(application.Root, model, layout, style);

        var results = model.Calls[^1].Messages.SelectMany(message => message.Contents).OfType<ResultContent>();
        Assert.Equal("22 degrees in Paris", Assert.Single(results).Result?.ToString());
    }

    [Theory]
    [MemberData(nameof(EachLayout))]
    public async Task Filter_OfTheFunction_SeesIt(CallStyle style, KernelLayout layout, Listener listener)
    {
        using var application = new ObservedApplication(listener);
        var filter = new NotingFilter();

        await AskAsync(application.Root, Model(), layout, style, filter);

        var function = Assert.Single(filter.Seen);
        Assert.Equal(("w", Weather.ToolName), (function.PluginName, function.Name));
    }

    private static StubChatClient Model() => Weather.Scripted(
        Weather.Asking(new CallContent("call_1", $"w_{Weather.ToolName}", new Dictionary<string, object?> { ["city"] = "Paris" })), Weather.Says);

    /// <summary>Asks a kernel with one function.</summary>
    private static Task AskAsync(
        AgentObservability root, IChatClient model, KernelLayout layout, CallStyle style, IAutoFunctionInvocationFilter? filter = null)
    {
        var builder = Kernel.CreateBuilder();
        if (filter is not null)
        {
            builder.Services.AddSingleton(filter);
        }

        AddClient(builder.Services, root, model, layout);
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("w", [KernelFunctionFactory.CreateFromMethod(Weather.Tell, Weather.ToolName, "Tells the weather.")]);
        return KernelCalls.AskAsync(kernel, style, Token);
    }

    private static void AddClient(IServiceCollection services, AgentObservability root, IChatClient model, KernelLayout layout)
    {
        if (layout == KernelLayout.AgentAroundTheLoop)
        {
            services.AddChatClient(_ => model).UseAgent("weather-assistant", root).UseKernelFunctionInvocation().UseAgentObservability(root);
            return;
        }

        services.AddSingleton(root);
        services.AddChatClient(_ => model).UseKernelFunctionInvocation();
        services.AddAgentObservability().ObserveChatClients();
    }

    private sealed class NotingFilter : IAutoFunctionInvocationFilter
    {
        public List<KernelFunction> Seen { get; } = [];

        public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            Seen.Add(context.Function);
            return next(context);
        }
    }
}
