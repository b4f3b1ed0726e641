using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AiObs.Libraries.Tests.Guardrails;

/// <summary>Refused calls inside of Semantic Kernel's loop.</summary>
public sealed class KernelLoopTests : LibraryTest
{
    private readonly List<string> _runs = [];
    private readonly NotingFilter _filter = new();

    public static TheoryData<string, int, int> Patterns => RefusingGuardrail.Patterns;

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Plain_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Plain);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task Streamed_RunsWhatIsAllowedAlone(string pattern, int runs, int asks) => AssertAsync(pattern, runs, asks, CallStyle.Streamed);

    private async Task AssertAsync(string pattern, int runs, int asks, CallStyle style)
    {
        var model = new StrictModel([.. pattern.Replace("bad", "w_bad", StringComparison.Ordinal).Replace("good", "w_good", StringComparison.Ordinal).Split('|')]);
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(_filter);
        builder.Services.AddChatClient(_ => model).UseKernelFunctionInvocation().UseGuardrails(RefusingGuardrail.Rule);
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("w", [Named("good"), Named("bad")]);
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        var service = kernel.GetRequiredService<IChatClient>().AsChatCompletionService(kernel.Services);
        var history = new ChatHistory();
        history.AddUserMessage("Go.");

        var answer = await AskAsync(service, history, settings, kernel, style);

        Assert.Equal(pattern == "bad#a" ? "I cannot do this." : "Done.", answer);
        Assert.Equal(Enumerable.Repeat("good", runs), _runs);
        Assert.Equal(Enumerable.Repeat("good", runs), _filter.Seen.Select(static function => function.Name));
        Assert.All(_filter.Seen, function => Assert.Contains(function, model.Calls.SelectMany(static call => call.Options!.Tools!)));
        Assert.Equal(asks, model.Calls.Count);

        history.AddUserMessage("And?");
        Assert.Equal("Again.", await AskAsync(service, history, settings, kernel, style));
    }

    private static async Task<string> AskAsync(IChatCompletionService service, ChatHistory history, PromptExecutionSettings settings, Kernel kernel, CallStyle style)
    {
        if (style == CallStyle.Plain)
        {
            var message = await service.GetChatMessageContentAsync(history, settings, kernel, Token);
            history.Add(message);
            return message.Content!;
        }

        var text = "";
        await foreach (var update in service.GetStreamingChatMessageContentsAsync(history, settings, kernel, Token))
        {
            text += update.Content;
        }

        history.AddAssistantMessage(text);
        return text;
    }

    private KernelFunction Named(string name) => KernelFunctionFactory.CreateFromMethod(
        (string city) =>
        {
            _runs.Add(name);
            return $"{name} {city}";
        },
        name);

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
