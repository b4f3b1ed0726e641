using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>Kernel functions that a chat client among the kernel's services calls, in the loop that the kernel puts around it.</summary>
public sealed class KernelFunctionTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Prompt_AgentAroundTheLoop_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        using var client = Weather.Scripted(Call, Weather.Says).AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseKernelFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await AskAsync(KernelWith(client), style);

        await run.ApproveAsync($"KernelFunction.{style}.{content}");
    }

    private static ChatResponse Call => Weather.Asking(new Microsoft.Extensions.AI.FunctionCallContent("call_1", "w_get_weather", new Dictionary<string, object?> { ["city"] = "Paris" }));

    private static Kernel KernelWith(IChatClient client)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(client);
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("w", [KernelFunctionFactory.CreateFromMethod(Weather.Tell, Weather.ToolName, "Tells the weather.")]);
        return kernel;
    }

    private static async Task<string> AskAsync(Kernel kernel, CallStyle style)
    {
        var arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });
        if (style == CallStyle.Plain)
        {
            return (await kernel.InvokePromptAsync(Weather.Question, arguments, cancellationToken: Token)).ToString();
        }

        var text = "";
        await foreach (var update in kernel.InvokePromptStreamingAsync(Weather.Question, arguments, cancellationToken: Token))
        {
            text += update;
        }

        return text;
    }
}
