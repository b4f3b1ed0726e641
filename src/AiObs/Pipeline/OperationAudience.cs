using AiObs.Metrics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Who hears of the operations of a pipeline: its spans, metrics, observers and log records, in this order.</summary>
internal sealed class OperationAudience(ObservabilityCore core, AgentObservabilityOptions options, SpanWriter spans)
{
    private const string ObserverPart = "observer";
    private const string MetricsPart = "metrics";

    private readonly GenAiMetrics _metrics = new(core.Meter, options.GenAIProfile, [.. options.MetricMetadataKeys]);
    private readonly OperationLog _log = new(core.Logger, options);
    private readonly NoticeReporter _notices = new(core);

    /// <summary>Gets a value indicating whether anybody would hear of an operation that is started now.</summary>
    public bool Listens => core.Source.HasListeners() || _metrics.Enabled || core.Observers.Any || _log.WantsDetails;

    /// <summary>Gets a value indicating whether somebody wants to hear of each update of a stream.</summary>
    public bool WantsUpdates =>
        core.Faults.Get(ObserverPart, core.Observers, static observers => observers.WantUpdates ? observers : null) is not null;

    /// <summary>Makes what measures the times of a stream's updates; <see langword="null"/> when nobody wants them.</summary>
    public ChunkTimer? TimeChunks(ChatOperation chat) => core.Faults.Get(
        MetricsPart, (_metrics, chat, core), static state => state._metrics.TimeChunks(state.chat, state.core.Clock, state.core.Faults));

    /// <summary>Tells of the start of an operation.</summary>
    public void Started(AgentOperation operation)
    {
        foreach (var observer in core.Observers.All)
        {
            core.Faults.Run(ObserverPart, (observer, operation), static state => state.observer.Started(state.operation));
        }
    }

    /// <summary>Tells of one update of a stream.</summary>
    public void Updated(ChatOperation chat, TimeSpan elapsed)
    {
        foreach (var observer in core.Observers.All)
        {
            core.Faults.Run(ObserverPart, (observer, chat, elapsed), static state => state.observer.Updated(state.chat, state.elapsed));
        }
    }

    /// <summary>Carries the end of an operation to everybody.</summary>
    public void Completed(AgentOperation operation)
    {
        if (operation.Activity is { IsAllDataRequested: true } activity)
        {
            spans.Write(activity, operation);
        }

        if (_metrics.Enabled)
        {
            core.Faults.Run(MetricsPart, (_metrics, operation), static state => state._metrics.Record(state.operation));
        }

        foreach (var observer in core.Observers.All)
        {
            core.Faults.Run(ObserverPart, (observer, operation), static state => state.observer.Completed(state.operation));
        }

        if (_log.Wants(operation))
        {
            core.Faults.Run("log", (_log, operation), static state => state._log.Write(state.operation));
        }
    }

    /// <summary>Tells of a call that was never made: there is nothing to measure, and only a span of somebody else's shows it.</summary>
    public void Refused(ModelOperation operation)
    {
        if (operation is { IsForeignActivity: true, Activity: { IsAllDataRequested: true } span })
        {
            spans.Write(span, operation);
        }

        foreach (var observer in core.Observers.All)
        {
            core.Faults.Run(ObserverPart, (observer, operation), static state => state.observer.Completed(state.operation));
        }
    }

    /// <summary>Writes what somebody thinks of an answer to the log; to the span that is the current one.</summary>
    public void Judged(string name, double? score, string? label, RecordedValue? explanation, string? responseId) => core.Faults.Run(
        "log",
        (_log, name, score, label, explanation, responseId),
        static state => state._log.WriteJudgement(state.name, state.score, state.label, state.explanation, errorType: null, state.responseId));

    /// <summary>Tells of what is no operation.</summary>
    public void Noticed(Notice notice) => _notices.Tell(notice, core.Observers);

    /// <summary>Measures what a call cost that was made elsewhere.</summary>
    public void RecordCost(ModelOperation operation) =>
        core.Faults.Run(MetricsPart, (_metrics, operation), static state => state._metrics.RecordCost(state.operation));
}
