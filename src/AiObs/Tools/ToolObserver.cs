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

    private readonly ConditionalWeakTable<AIFunction, ObservingAIFunction> _wrappers = [];

    public AIFunction Wrap(AIFunction function) => function.GetService<ObservingAIFunction>() is not null
        ? function
        : _wrappers.GetValue(function, inner => new ObservingAIFunction(inner, observability));

    /// <summary>Returns options whose functions are wrapped: a copy, or the very same where there is nothing to wrap.</summary>
    public ChatOptions? Wrap(ChatOptions? options) =>
        options?.Tools is { } tools && tools.Any(IsUnwrapped)
            ? observability.Pipeline.Faults.Get("tools", (Observer: this, options), static state => state.Observer.Copy(state.options)) ?? options
            : options;

    /// <summary>Wraps for a model call that nothing encloses. Inside of an agent or a function loop the tools are invoked further out, not by what comes after us.</summary>
    public ChatOptions? WrapOutermost(ChatOperation operation, ChatOptions? options) =>
        operation is { Parent: null, IsForeignActivity: false } && !IsInLoop(operation.Activity?.Parent) ? Wrap(options) : options;

    private static bool IsInLoop(Activity? activity) => activity?.OperationName is { } name
        && (name == FunctionLoop || name.StartsWith(GenAiOperationNames.InvokeAgent, StringComparison.Ordinal));

    private static bool IsUnwrapped(AITool tool) => tool is AIFunction && tool.GetService<ObservingAIFunction>() is null;

    private ChatOptions Copy(ChatOptions options)
    {
        var copy = options.Clone();
        copy.Tools = [.. options.Tools!.Select(tool => tool is AIFunction function ? Wrap(function) : tool)];
        return copy;
    }
}
