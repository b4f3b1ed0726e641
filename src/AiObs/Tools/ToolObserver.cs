using System.Runtime.CompilerServices;
using AiObs.Pipeline;
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

    /// <summary>Tells whether a function will open a span of its own when it is called: its wrapper may be of a root that is off, or that nobody hears.</summary>
    public static bool ObservesItself(AIFunction function) => function.GetService<ObservingAIFunction>() is { IsListening: true };

    private static bool IsWrapped(AIFunction function) => function.GetService<ObservingAIFunction>() is not null;
}
