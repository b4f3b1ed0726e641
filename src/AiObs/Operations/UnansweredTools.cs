using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>The calls of a function loop, or of the loops of one agent run, whose results nobody has been told yet.</summary>
/// <remarks>A loop keeps what a function returned to itself until it asks the model again or answers. There it is read.</remarks>
internal sealed class UnansweredTools
{
    /// <summary>The span that function loops open around themselves where no agent does.</summary>
    public const string LoopSpan = "orchestrate_tools";

    private const string Property = "AiObs.UnansweredTools";

    // Where nobody inside is observed, nothing is told before the end, and an agent may run for days.
    private const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly List<UnansweredTool> _tools = [];
    private bool _isClosed;
    private volatile int _count;

    /// <summary>Hears a request that a function loop may have made.</summary>
    /// <param name="request">The messages.</param>
    /// <returns>What durable event sinks have to confirm of the calls whose results it tells.</returns>
    public static Confirmation? HearRequest(IEnumerable<ChatMessage> request)
    {
        var agent = FindAgent();
        (agent as AgentRunOperation)?.HearResults(request);
        return (agent is null ? Around(Activity.Current) : agent.Unanswered)?.Hear(request, confirmation: null);
    }

    /// <summary>Finds the place where a call waits that a loop runs now: its agent run, else the loop's own span.</summary>
    /// <param name="loop">The span that the loop's span of the call is a child of.</param>
    public static UnansweredTools? FindFor(Activity? loop)
    {
        if (FindAgent() is { } agent)
        {
            return agent.Unanswered;
        }

        if (loop?.OperationName != LoopSpan)
        {
            return null;
        }

        lock (loop)
        {
            if (On(loop) is not { } tools)
            {
                loop.SetCustomProperty(Property, tools = new());
            }

            return tools;
        }
    }

    /// <summary>Returns what waits on the span of a loop.</summary>
    public static UnansweredTools? On(Activity loop) => loop.GetCustomProperty(Property) as UnansweredTools;

    /// <summary>Adds a call that has run.</summary>
    /// <returns>The call that nothing will be told of any more, and that is to be ended: this one where all has been told, the oldest where too many wait.</returns>
    public UnansweredTool? Add(UnansweredTool tool)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return tool;
            }

            var oldest = _tools.Count == Capacity ? _tools[0] : null;
            if (oldest is not null)
            {
                _tools.RemoveAt(0);
            }

            _tools.Add(tool);
            _count = _tools.Count;
            return oldest;
        }
    }

    /// <summary>Ends the calls whose results are told.</summary>
    /// <param name="told">The messages that a loop sends, or answers with.</param>
    /// <param name="confirmation">What durable event sinks have to confirm already.</param>
    /// <returns>What they have to confirm now.</returns>
    public Confirmation? Hear(IEnumerable<ChatMessage> told, Confirmation? confirmation) => _count == 0 ? confirmation : Answer(
        Take((told, Tools: this), static (tool, state) => tool.FindResult(state.told, state.Tools.IsOnlyOne(tool))), confirmation);

    /// <summary>Ends the calls whose results a stream tells. It tells no more than their ids; where two calls wait that have the same, what comes later decides.</summary>
    public Confirmation? Hear(ChatResponseUpdate told, Confirmation? confirmation) => _count == 0 ? confirmation : Answer(
        Take((told, Tools: this), static (tool, state) => state.Tools.IsOnlyOne(tool) ? tool.FindResult(state.told) : null), confirmation);

    /// <summary>Ends all that waits, and from now on nothing may: the work around the loop has ended.</summary>
    /// <param name="thrown">What it threw.</param>
    /// <param name="isCancelled">Whether its caller cancelled it.</param>
    /// <param name="confirmation">What durable event sinks have to confirm already.</param>
    /// <returns>What they have to confirm now.</returns>
    public Confirmation? Close(Exception? thrown, bool isCancelled, Confirmation? confirmation)
    {
        UnansweredTool[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _tools];
            _tools.Clear();
            _count = 0;
        }

        foreach (var tool in left)
        {
            confirmation = End(tool, (thrown, isCancelled), static (tool, state) => tool.End(state.thrown, state.isCancelled), confirmation);
        }

        return confirmation;
    }

    /// <summary>Finds the agent run that the current flow is a step of: what runs inside of a tool is the tool's affair.</summary>
    private static AgentOperation? FindAgent()
    {
        var operation = AmbientOperation.Current;
        while (operation is not null and not ToolOperation and { Unanswered: null })
        {
            operation = operation.Parent;
        }

        return operation is ToolOperation ? null : operation;
    }

    private static UnansweredTools? Around(Activity? activity)
    {
        while (activity is not null && !activity.OperationName.StartsWith(GenAiOperationNames.ExecuteTool, StringComparison.Ordinal))
        {
            if (activity.OperationName == LoopSpan)
            {
                return On(activity);
            }

            activity = activity.Parent;
        }

        return null;
    }

    private static Confirmation? Answer(List<(UnansweredTool Tool, FunctionResultContent Result)> answered, Confirmation? confirmation)
    {
        foreach (var (tool, result) in answered)
        {
            confirmation = End(tool, result, static (tool, result) => tool.Answer(result), confirmation);
        }

        return confirmation;
    }

    /// <summary>Ends a call as others end, with its operation as the ambient one.</summary>
    private static Confirmation? End<TState>(
        UnansweredTool tool, TState state, Action<UnansweredTool, TState> end, Confirmation? confirmation)
    {
        var around = AmbientOperation.Current;
        AmbientOperation.Enter(tool.Operation);
        try
        {
            tool.Operation.Confirmation = confirmation;
            end(tool, state);
            return tool.Operation.Confirmation;
        }
        finally
        {
            AmbientOperation.Enter(around);
        }
    }

    private List<(UnansweredTool Tool, FunctionResultContent Result)> Take<TState>(
        TState state, Func<UnansweredTool, TState, FunctionResultContent?> find)
    {
        lock (_gate)
        {
            // All are asked before any is taken: which are alone with their ids must not depend on the order.
            List<(UnansweredTool Tool, FunctionResultContent Result)> answered = [];
            foreach (var tool in _tools)
            {
                if (find(tool, state) is { } result)
                {
                    answered.Add((tool, result));
                }
            }

            _tools.RemoveAll(tool => answered.Exists(each => ReferenceEquals(each.Tool, tool)));
            _count = _tools.Count;
            return answered;
        }
    }

    private bool IsOnlyOne(UnansweredTool tool) => _tools.TrueForAll(other => ReferenceEquals(other, tool) || other.Id != tool.Id);
}
