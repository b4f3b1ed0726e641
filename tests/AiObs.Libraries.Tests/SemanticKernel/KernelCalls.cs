using Microsoft.SemanticKernel;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>Asks a kernel.</summary>
internal static class KernelCalls
{
    /// <summary>Asks the question of the conversation in either way, with the kernel's functions on offer.</summary>
    public static async Task AskAsync(Kernel kernel, CallStyle style, CancellationToken cancellationToken)
    {
        var arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });
        if (style == CallStyle.Plain)
        {
            await kernel.InvokePromptAsync(Weather.Question, arguments, cancellationToken: cancellationToken);
            return;
        }

        await foreach (var _ in kernel.InvokePromptStreamingAsync(Weather.Question, arguments, cancellationToken: cancellationToken))
        {
            // Only a stream that is read to its end has ended.
        }
    }
}
