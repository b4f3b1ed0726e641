using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.Conventions.GenAI;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>Wraps the functions of a request so that whoever invokes them leaves tool spans. One wrapper per function, however often it is passed.</summary>
internal sealed class ToolObserver(AgentObservability observability)
{
    /// <summary>The span that Microsoft.Extensions.AI opens around its function loop.</summary>
    private const string FunctionLoop = "orchestrate_tools";

    // Applications make functions anew for each request; neither they nor their wrappers may stay longer than they are used.
    private readonly ConditionalWeakTable<AIFunction, ObservingAIFunction> _wrappers = [];

    public AIFunction Wrap(AIFunction function) => IsWrapped(function)
        ? function
        : _wrappers.GetValue(function, inner => new ObservingAIFunction(inner, observability));

    /// <summary>Returns options whose functions are wrapped: a copy, or the very same where there is nothing to wrap.</summary>
    public ChatOptions? Wrap(ChatOptions? options) => options?.Tools is { Count: > 0 }
        ? observability.Pipeline.Faults.Get("tools", (Observer: this, options), static state => state.Observer.Copy(state.options)) ?? options
        : options;

    /// <summary>Wraps for a model call, unless a function loop around it invokes the tools: that one does not see what comes after us.</summary>
    public ChatOptions? WrapOutermost(ChatOperation operation, ChatOptions? options) =>
        options?.Tools is not { Count: > 0 } || IsInLoop(operation.Activity ?? Activity.Current) ? options : Wrap(options);

    private static bool IsInLoop(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
        {
            if (activity.OperationName == FunctionLoop)
            {
                return true;
            }

            if (activity.OperationName.StartsWith(GenAiOperationNames.ExecuteTool, StringComparison.Ordinal))
            {
                // The loop further out is that of the tool we are in.
                return false;
            }
        }

        return false;
    }

    private static bool IsWrapped(AIFunction function) => function.GetService<ObservingAIFunction>() is not null;

    private ChatOptions Copy(ChatOptions options)
    {
        if (options.Tools!.All(static tool => tool is not AIFunction function || IsWrapped(function)))
        {
            return options;
        }

        var copy = options.Clone();
        copy.Tools = [.. options.Tools!.Select(tool => tool is AIFunction function ? Wrap(function) : tool)];
        return copy;
    }
}
