using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>One run of an agent. It owns no tokens and no money: those belong to the model calls inside.</summary>
public sealed class AgentRunOperation : AgentOperation
{
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _tools = new(StringComparer.Ordinal);
    private int _iterations;
    private int _toolCalls;

    internal AgentRunOperation(string? name)
        : base(OperationKind.Agent) => Name = name;

    /// <summary>Gets the agent's stable id.</summary>
    public string? AgentId { get; internal set; }

    /// <summary>Gets what the agent is for.</summary>
    public string? Description { get; internal set; }

    /// <summary>Gets the agent's version.</summary>
    public string? Version { get; internal set; }

    /// <summary>Gets the provider of the agent's model, where the agent has exactly one.</summary>
    public string? Provider { get; internal set; }

    /// <summary>Gets the tools that the agent called, by name, each once; those that its tools and nested agents call are theirs.</summary>
    public IReadOnlyList<string> ToolsUsed
    {
        get
        {
            lock (_gate)
            {
                return [.. _tools];
            }
        }
    }

    /// <summary>Gets how many model calls the agent made; those of its tools and nested agents are theirs.</summary>
    /// <value><see langword="null"/> when unknown: no call was seen, and nothing inside of the agent observes them.</value>
    public int? Iterations => Known(Volatile.Read(ref _iterations));

    /// <summary>Gets how many tool calls the agent made; those of its tools and nested agents are theirs.</summary>
    /// <value><see langword="null"/> when unknown: no call was seen, and nothing inside of the agent observes model calls.</value>
    public int? ToolCallCount
    {
        get
        {
            lock (_gate)
            {
                return Known(_toolCalls);
            }
        }
    }

    /// <summary>Gets a value indicating whether model calls inside are observed, so that none seen means none made.</summary>
    internal bool SeesModelCalls { get; init; }

    internal override RunTotals Totals { get; } = new();

    internal ToolCallLedger ToolCalls { get; } = new();

    /// <summary>Gets or sets a value indicating whether its function loop tells of each call that it runs.</summary>
    internal bool IsLoopHeard { get; set; }

    /// <summary>Gets the name of a tool that ran without anybody noticing; <see langword="null"/> where none did.</summary>
    internal string? UnobservedTool { get; private set; }

    internal void CountIteration() => Interlocked.Increment(ref _iterations);

    internal void UncountIteration() => Interlocked.Decrement(ref _iterations);

    internal void SetIterations(int iterations) => Volatile.Write(ref _iterations, iterations);

    /// <summary>Adds tools that ran without being observed, so that only their names are known.</summary>
    internal void AddTools(IEnumerable<string>? names)
    {
        lock (_gate)
        {
            _tools.UnionWith(names ?? []);
        }
    }

    internal void CountTool(string name)
    {
        lock (_gate)
        {
            _tools.Add(name);
            _toolCalls++;
        }
    }

    /// <summary>Counts the calls that ran unobserved: a request tells their results.</summary>
    internal void HearResults(IEnumerable<ChatMessage> told)
    {
        if (IsLoopHeard)
        {
            return;
        }

        foreach (var name in ToolCalls.TakeAnswered(told))
        {
            UnobservedTool ??= IsInLoopOfOthers ? null : name;
            CountTool(name);
        }
    }

    /// <summary>Gets a value indicating whether another library traces the loop that the current flow is in, and so the tools of that.</summary>
    private bool IsInLoopOfOthers
    {
        get
        {
            var span = System.Diagnostics.Activity.Current;
            while (span is not null && !ReferenceEquals(span, Activity) && !span.OperationName.StartsWith(GenAiOperationNames.InvokeAgent, StringComparison.Ordinal))
            {
                span = span.Parent;
            }

            return span is not null && !ReferenceEquals(span, Activity);
        }
    }

    private int? Known(int count) => count > 0 || SeesModelCalls ? count : null;
}
