using System.Diagnostics;
using AiObs.Events;
using AiObs.Operations.Content;

namespace AiObs.Operations;

/// <summary>One thing that happened in an agent: the data that span conventions, metrics, logs and observers share.</summary>
/// <remarks>
/// Everything on it is already masked: hidden content is not there and redacted content is the redacted text.
/// An operation is written by the flow that runs it; read it in <see cref="IOperationObserver"/> callbacks, do not keep it to poll.
/// </remarks>
public abstract class AgentOperation
{
    private RecordedContent? _content;

    private protected AgentOperation(OperationKind kind) => Kind = kind;

    /// <summary>Gets what the operation does.</summary>
    public OperationKind Kind { get; }

    /// <summary>Gets what the operation works with: the requested model, the tool, the agent or the step; <see langword="null"/> when unknown.</summary>
    public string? Name { get; internal set; }

    /// <summary>Gets the conversation, user, session, tags and metadata that were in force when it started.</summary>
    public OperationContext Context { get; internal set; } = OperationContext.Empty;

    /// <summary>Gets the operation that this one runs inside of; <see langword="null"/> at the top.</summary>
    public AgentOperation? Parent { get; internal set; }

    /// <summary>Gets the span that the operation is written on; <see langword="null"/> when nobody samples it.</summary>
    public Activity? Activity { get; internal set; }

    /// <summary>Gets when it started, by the clock of its <see cref="AgentObservability"/>.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>Gets how long it took, in wall time; zero while it runs.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Gets how it ended.</summary>
    public OperationOutcome Outcome { get; internal set; }

    /// <summary>Gets what went wrong; <see langword="null"/> unless it failed or was cancelled.</summary>
    public OperationError? Error { get; internal set; }

    /// <summary>Gets the whole input as one text; <see langword="null"/> unless content is recorded.</summary>
    public virtual RecordedValue? Input
    {
        get => _content?.Input;
        internal set => Set(value, static (content, value) => content.Input = value);
    }

    /// <summary>Gets the whole output as one text; <see langword="null"/> unless content is recorded.</summary>
    public virtual RecordedValue? Output
    {
        get => _content?.Output;
        internal set => Set(value, static (content, value) => content.Output = value);
    }

    /// <summary>Gets how often each redaction rule replaced something in this operation; <see langword="null"/> when none did.</summary>
    public IReadOnlyDictionary<string, int>? Redactions => _content?.Redactions;

    /// <summary>Gets or sets the timestamp of the clock at the start, from which <see cref="Duration"/> is taken.</summary>
    internal long StartTimestamp { get; set; }

    /// <summary>Gets or sets the timestamp of the clock at the end, where that was before anybody could say how it ended.</summary>
    internal long? EndTimestamp { get; set; }

    /// <summary>Gets or sets the calls of function loops that are steps of it and whose results are yet to be told; <see langword="null"/> where there can be none.</summary>
    internal UnansweredTools? Unanswered { get; set; }

    /// <summary>Gets or sets the flow to return to before the span is stopped; <see langword="null"/> where whoever ends the operation is in that flow.</summary>
    internal ExecutionContext? CallerFlow { get; set; }

    /// <summary>Gets or sets how many tags the span was started with.</summary>
    internal int StartTagCount { get; set; }

    /// <summary>Gets or sets how our tags meet those that <see cref="Activity"/> already has.</summary>
    internal SpanTagMode TagMode { get; set; }

    /// <summary>Gets or sets a value indicating whether <see cref="Activity"/> was opened by somebody else, who decides on its status and its end.</summary>
    internal bool IsForeignActivity { get; set; }

    /// <summary>Gets or sets a value indicating whether somebody else ran it, so that nothing is known of it but what <see cref="Activity"/> said at its end.</summary>
    internal bool IsAdopted { get; set; }

    /// <summary>Gets or sets a value indicating whether it stands on <see cref="Activity"/> already.</summary>
    internal bool IsWritten { get; set; }

    /// <summary>Gets or sets what only the library says that ran it; <see langword="null"/> where that is us.</summary>
    internal ForeignDetails? Foreign { get; set; }

    /// <summary>Gets or sets a value indicating whether what was said may be shown in events, and not on spans alone.</summary>
    internal bool AllowsEventContent { get; set; }

    /// <summary>Gets or sets a value indicating whether it has what it needs of its surroundings, such as for whom it is.</summary>
    internal bool IsEquipped { get; set; }

    /// <summary>Gets or sets what durable event sinks have to confirm of it; <see langword="null"/> where there is nothing.</summary>
    internal Confirmation? Confirmation { get; set; }

    /// <summary>Gets what the calls inside took; <see langword="null"/> for what nobody asks that of.</summary>
    internal virtual RunTotals? Totals => null;

    /// <summary>Waits for durable event sinks, where the operation went well.</summary>
    /// <exception cref="EventDeliveryException">A sink did not confirm, and its options ask for this.</exception>
    internal ValueTask ConfirmEventsAsync(CancellationToken cancellationToken) =>
        Confirmation?.ConfirmAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>Waits for durable event sinks, where the operation failed: nothing is thrown in the place of what it threw itself.</summary>
    internal ValueTask SettleEventsAsync(CancellationToken cancellationToken) =>
        Confirmation?.SettleAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>Gets what was recorded of what was said; <see langword="null"/> when nothing was.</summary>
    private protected RecordedContent? Content => _content;

    /// <summary>Gets or sets how long redaction has taken for it so far.</summary>
    internal TimeSpan RedactionTime { get; set; }

    internal void CountRedactions(string rule, int hits)
    {
        if (hits > 0)
        {
            (_content ??= new()).CountRedactions(rule, hits);
        }
    }

    /// <summary>Records a piece of content; nothing is no content.</summary>
    private protected void Set<T>(T? value, Action<RecordedContent, T> set)
        where T : class
    {
        if (value is not null)
        {
            set(_content ??= new(), value);
        }
    }

    /// <summary>Counts an operation that starts on the agent that it is a step of, and notes it on the calls around it.</summary>
    internal void CountOnAgent()
    {
        for (var around = Parent; around is not null; around = around.Parent)
        {
            // What runs inside of a call may have sent something for it.
            (around as ModelOperation)?.NoteSent();
        }

        switch (this)
        {
            case ChatOperation { IsLate: false }:
                FindOwnAgentRun()?.CountIteration();
                break;
            case ToolOperation:
                FindOwnAgentRun()?.CountTool(Name!);
                break;
        }
    }

    /// <summary>Takes back the count of a call that was never made.</summary>
    internal void UncountOnAgent()
    {
        if (this is ChatOperation { IsLate: false })
        {
            FindOwnAgentRun()?.UncountIteration();
        }
    }

    /// <summary>Returns how long it took, to its noted end or until now.</summary>
    internal TimeSpan ElapsedOn(TimeProvider clock) =>
        EndTimestamp is { } end ? clock.GetElapsedTime(StartTimestamp, end) : clock.GetElapsedTime(StartTimestamp);

    /// <summary>Counts a call that has ended on all that it ran inside of; one that was left to a call inside is that one's.</summary>
    internal void CountInside()
    {
        if (this is not (ToolOperation or ModelOperation { GivesWay: false }))
        {
            return;
        }

        for (var around = Parent; around is not null; around = around.Parent)
        {
            if (this is ModelOperation model)
            {
                around.Totals?.Add(model);
            }
            else
            {
                around.Totals?.AddTool();
            }
        }
    }

    /// <summary>Finds the nearest agent run that this operation is part of.</summary>
    internal AgentRunOperation? FindAgentRun()
    {
        for (var operation = Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is AgentRunOperation agent)
            {
                return agent;
            }
        }

        return null;
    }

    /// <summary>Finds the agent run that this operation is a step of: what runs inside of a tool is the tool's affair.</summary>
    internal AgentRunOperation? FindOwnAgentRun()
    {
        for (var operation = Parent; operation is not null and not ToolOperation; operation = operation.Parent)
        {
            if (operation is AgentRunOperation agent)
            {
                return agent;
            }
        }

        return null;
    }
}
