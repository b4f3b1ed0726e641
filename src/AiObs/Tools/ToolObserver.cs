using System.Runtime.CompilerServices;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>Wraps functions that the application wants observed. One wrapper per function, however often it is asked for.</summary>
internal sealed class ToolObserver(OperationPipeline pipeline)
{
    // Applications make functions anew for each request; neither they nor their wrappers may stay longer than they are used.
    private readonly ConditionalWeakTable<AIFunction, ObservingAIFunction> _wrappers = [];

    /// <summary>Gets what makes tool operations of calls.</summary>
    public ToolRecorder Recorder { get; } = new(pipeline);

    public AIFunction Wrap(AIFunction function) => IsWrapped(function)
        ? function
        : _wrappers.GetValue(function, inner => new ObservingAIFunction(inner, Recorder));

    /// <summary>Tells whether a function observes itself.</summary>
    public static bool IsWrapped(AIFunction function) => function.GetService<ObservingAIFunction>() is not null;
}
