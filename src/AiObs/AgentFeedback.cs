using System.Diagnostics;
using AiObs.Events;
using AiObs.Metrics;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs;

/// <summary>What people think of answers, told after the answers were given.</summary>
/// <remarks>
/// Each feedback is an event <see cref="AgentEventTypes.FeedbackReceived"/>, a measurement of <c>aiobs.feedback</c> and of <c>aiobs.feedback.score</c>, and a
/// log record <c>gen_ai.evaluation.result</c>, under the trace and the span of the answer.
/// </remarks>
public sealed class AgentFeedback
{
    private readonly OperationPipeline _pipeline;
    private readonly AgentEvents _events;
    private readonly RecentAnswers _answers;
    private readonly KeptSpans _kept;
    private readonly FeedbackMetrics _metrics;

    internal AgentFeedback(OperationPipeline pipeline, AgentEvents events, ObservabilityCore core)
    {
        _pipeline = pipeline;
        _events = events;
        _answers = core.RecentAnswers;
        _kept = core.KeptSpans;
        _metrics = new FeedbackMetrics(core.Meter);
    }

    /// <summary>Records what somebody thinks of an answer, by the id that its provider gave it.</summary>
    /// <param name="responseId">The id, as <c>ChatResponse.ResponseId</c> has it: of one of the last 4,096 answers that clients of the root gave in this process, or of the last 10,000 model calls in the trace store of the root.</param>
    /// <param name="name">What is judged, such as <c>helpful</c>: of low cardinality.</param>
    /// <param name="score">The number; <see langword="null"/> for none. Must be finite.</param>
    /// <param name="label">The word, such as <c>thumbs_down</c>: of low cardinality. <see langword="null"/> for none.</param>
    /// <param name="comment">What the person says: content, masked and left out where that of events is. <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the wait for durable sinks; the event stays raised.</param>
    /// <returns>A task that ends when <see cref="EventDelivery.Durable"/> sinks have written the event.</returns>
    /// <exception cref="ArgumentException">The name is empty, the score is not finite, or there is neither score nor label nor comment.</exception>
    /// <exception cref="KeyNotFoundException">The answer is none of those that are known.</exception>
    /// <remarks>The trace store (<c>AddTraces()</c>) is asked where this process does not know the answer; what it throws is passed on.</remarks>
    /// <exception cref="EventDeliveryException">A durable sink did not confirm, and its options ask for this.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask RecordAsync(
        string responseId, string name, double? score = null, string? label = null, string? comment = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(responseId);
        ThrowIfWrong(name, score, label, comment);
        return _answers.Find(responseId) is { } place
            ? RecordAsync(place, responseId, name, score, label, comment, cancellationToken)
            : RecordKeptAsync(responseId, name, score, label, comment, cancellationToken);
    }

    /// <summary>Records what somebody thinks of an answer, by its span.</summary>
    /// <param name="span">The span, such as <c>Activity.Current.Context</c> where the answer is made.</param>
    /// <param name="name">What is judged, such as <c>helpful</c>: of low cardinality.</param>
    /// <param name="score">The number; <see langword="null"/> for none. Must be finite.</param>
    /// <param name="label">The word, such as <c>thumbs_down</c>: of low cardinality. <see langword="null"/> for none.</param>
    /// <param name="comment">What the person says: content, masked and left out where that of events is. <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the wait for durable sinks; the event stays raised.</param>
    /// <returns>A task that ends when <see cref="EventDelivery.Durable"/> sinks have written the event.</returns>
    /// <exception cref="ArgumentException">The span has no id, the name is empty, the score is not finite, or there is neither score nor label nor comment.</exception>
    /// <exception cref="EventDeliveryException">A durable sink did not confirm, and its options ask for this.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask RecordAsync(
        ActivityContext span, string name, double? score = null, string? label = null, string? comment = null, CancellationToken cancellationToken = default)
    {
        if (span == default)
        {
            throw new ArgumentException("The span has no id.", nameof(span));
        }

        ThrowIfWrong(name, score, label, comment);
        return RecordAsync(new RecentAnswers.Place(span, ConversationId: null, SessionId: null), responseId: null, name, score, label, comment, cancellationToken);
    }

    private async ValueTask RecordKeptAsync(
        string responseId, string name, double? score, string? label, string? comment, CancellationToken cancellationToken)
    {
        var keeper = _kept.Keeper;
        var place = keeper is null ? null : await keeper.FindAnswerAsync(responseId, cancellationToken).ConfigureAwait(false);
        var looked = keeper is null ? "" : $", nor among the last {ISpanKeeper.MostAnswers:N0} model calls in its trace store";
        await RecordAsync(
            place ?? throw new KeyNotFoundException(
                $"No answer has the id '{LogText.Name(responseId)}' among the last {RecentAnswers.Capacity:N0} that clients of this root gave in this process{looked}. Name the span of the answer instead."),
            responseId,
            name,
            score,
            label,
            comment,
            cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfWrong(string name, double? score, string? label, string? comment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (score is { } number && !double.IsFinite(number))
        {
            throw new ArgumentException("The score is not a finite number.", nameof(score));
        }

        if (score is null && label is null && comment is null)
        {
            throw new ArgumentException("Give a score, a label or a comment.", nameof(score));
        }
    }

    private async ValueTask RecordAsync(
        RecentAnswers.Place place, string? responseId, string name, double? score, string? label, string? comment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_pipeline.IsOn)
        {
            return;
        }

        _pipeline.Faults.Run("metrics", (_metrics, name, score, label), static state => state._metrics.Record(state.name, state.score, state.label));
        using (new BorrowedSpan(place.Span, _pipeline.Faults))
        {
            _pipeline.Audience.Judged(name, score, label, Explain(name, comment), responseId);
        }

        await _events.RaiseFeedbackAsync(place, responseId, name, score, label, comment, cancellationToken).ConfigureAwait(false);
    }

    private RecordedValue? Explain(string name, string? comment) => comment is null || !_pipeline.CapturesInEvents ? null
        : _pipeline.Masker.Text(new StepOperation(OperationKind.Evaluator, name), new(RedactionKind.Event), comment) is { } masked ? RecordedValue.Plain(masked) : null;
}
