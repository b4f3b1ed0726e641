using System.Collections;
using System.Diagnostics;
using System.Globalization;
using AiObs.Conventions;
using AiObs.Conventions.GenAI;
using AiObs.Operations;
using Microsoft.Extensions.Logging;

namespace AiObs.Pipeline;

/// <summary>Writes the log records of the GenAI conventions. They carry an event name, which OTLP exporters turn into OpenTelemetry events.</summary>
internal sealed class OperationLog
{
    private static readonly EventId ExceptionEvent = new(10, "gen_ai.client.operation.exception");
    private static readonly EventId EvaluationEvent = new(12, "gen_ai.evaluation.result");
    private static readonly EventId DetailsEvent = new(11, "gen_ai.client.inference.operation.details");

    private readonly ILogger _logger;
    private readonly GenAIConvention _convention;
    private readonly bool _emitDetails;
    private readonly bool _capturesInEvents;
    private readonly LogLevel _detailsLevel;

    public OperationLog(ILogger logger, AgentObservabilityOptions options)
    {
        _logger = logger;
        _emitDetails = options.EmitOperationDetails;
        _capturesInEvents = options.CaptureContent.HasFlag(ContentCapture.Events);
        _convention = new GenAIConvention(options.GenAIProfile, writesContext: true, writesContent: _capturesInEvents);

        // The older profile does not name a severity.
        _detailsLevel = options.GenAIProfile == GenAIProfile.Latest ? LogLevel.Debug : LogLevel.Information;
    }

    /// <summary>Gets a value indicating whether a record is wanted of every model call.</summary>
    public bool WantsDetails => _emitDetails && _logger.IsEnabled(_detailsLevel);

    /// <summary>Tells whether there may be something to write of an operation.</summary>
    public bool Wants(AgentOperation operation) =>
        (operation is ModelOperation && (_emitDetails || operation.Error is not null)) || operation is StepOperation { IsJudged: true };

    public void Write(AgentOperation operation)
    {
        // Of its own failures a library writes itself, or has chosen not to.
        if (operation is ModelOperation { Error: { } error, IsAdopted: false } && _logger.IsEnabled(LogLevel.Warning))
        {
            Write(LogLevel.Warning, ExceptionEvent, ExceptionAttributes(error));
        }

        if (operation is ChatOperation chat && WantsDetails)
        {
            Write(_detailsLevel, DetailsEvent, DetailAttributes(chat));
        }

        if (operation is StepOperation judged)
        {
            WriteJudgement(judged.Name!, judged.Score, judged.Label, judged.Explanation, judged.Error?.Type);
        }
    }

    /// <summary>Writes what somebody thinks of an answer, or an evaluator; to the span that is the current one.</summary>
    /// <param name="name">What was judged.</param>
    /// <param name="score">The number.</param>
    /// <param name="label">The word.</param>
    /// <param name="explanation">Why, masked.</param>
    /// <param name="errorType">What went wrong with it.</param>
    /// <param name="responseId">The id of the answer.</param>
    public void WriteJudgement(string name, double? score, string? label, RecordedValue? explanation, string? errorType = null, string? responseId = null)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var attributes = new List<KeyValuePair<string, object?>>
        {
            new(GenAiAttributes.EvaluationName, name),
            new(GenAiAttributes.EvaluationScoreValue, score),
            new(GenAiAttributes.EvaluationScoreLabel, label),
            new(GenAiAttributes.EvaluationExplanation, _capturesInEvents ? explanation?.Text : null),
            new(GenAiAttributes.ErrorType, errorType),
            new(GenAiAttributes.ResponseId, responseId),
        };
        attributes.RemoveAll(static attribute => attribute.Value is null);
        Write(LogLevel.Information, EvaluationEvent, attributes);
    }

    private List<KeyValuePair<string, object?>> ExceptionAttributes(OperationError error)
    {
        var attributes = new List<KeyValuePair<string, object?>> { new(GenAiAttributes.ExceptionType, error.ExceptionType) };
        if (_capturesInEvents && error.Message is not null)
        {
            attributes.Add(new(GenAiAttributes.ExceptionMessage, error.Message));
        }

        if (error.StackTrace is not null)
        {
            attributes.Add(new(GenAiAttributes.ExceptionStackTrace, error.StackTrace));
        }

        return attributes;
    }

    /// <summary>Collects what the convention would write on a span; the record does not depend on whether the span is sampled.</summary>
    private List<KeyValuePair<string, object?>> DetailAttributes(ChatOperation chat)
    {
        var tags = default(TagList);
        _convention.Start(chat, ref tags);
        var carrier = new Activity(DetailsEvent.Name!);
        foreach (var (key, value) in tags)
        {
            carrier.AddTag(key, value);
        }

        _convention.WriteResult(carrier, chat);
        if (_capturesInEvents)
        {
            _convention.WriteContent(carrier, chat);
        }

        return [.. carrier.TagObjects];
    }

    private void Write(LogLevel level, EventId eventId, List<KeyValuePair<string, object?>> attributes)
    {
        var record = new Record(eventId.Name!, attributes);
        _logger.Log(level, eventId, record, exception: null, static (record, _) => record.ToString());
    }

    private sealed class Record(string name, List<KeyValuePair<string, object?>> attributes) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => attributes.Count;

        public KeyValuePair<string, object?> this[int index] => attributes[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => attributes.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{name} ({attributes.Count} attributes)");
    }
}
