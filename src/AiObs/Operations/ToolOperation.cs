using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>One execution of a tool.</summary>
/// <remarks><see cref="AgentOperation.Input"/> holds the arguments and <see cref="AgentOperation.Output"/> the result.</remarks>
public sealed class ToolOperation : AgentOperation
{
    private RunTotals? _totals;

    internal ToolOperation(string name)
        : base(OperationKind.Tool) => Name = name;

    /// <summary>Gets the id of the call that the model made; <see langword="null"/> when unknown.</summary>
    public string? CallId { get; internal set; }

    /// <summary>Gets what kind of tool it is: <c>function</c>, <c>extension</c> or <c>datastore</c>.</summary>
    public string Type { get; internal set; } = "function";

    /// <summary>Gets what the tool says of itself.</summary>
    public string? Description { get; internal set; }

    /// <summary>Gets or sets what the function loop that runs it answers; <see langword="null"/> where no loop is known.</summary>
    internal FunctionCallContent? CallInLoop { get; set; }

    internal override RunTotals Totals => LazyInitializer.EnsureInitialized(ref _totals);

    /// <summary>Gets the agent that runs the tool; <see langword="null"/> outside of an agent.</summary>
    public string? AgentName => FindAgentRun()?.Name;
}
