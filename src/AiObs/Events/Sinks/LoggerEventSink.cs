using System.Collections;
using AiObs.Events.Sinks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Writes each event as a structured log record of the category <see cref="Category"/>. The event's type is the name of the record's event id.</summary>
public sealed class LoggerEventSink : IAgentEventSink
{
    /// <summary>The category of the records: <c>AiObs.Events</c>.</summary>
    public const string Category = "AiObs.Events";

    private const int RecordId = 50;

    private readonly ILogger _logger;
    private readonly LoggerEventSinkOptions _options;
    private readonly RecentEvents _written = new();

    /// <summary>Initializes a new instance of the <see cref="LoggerEventSink"/> class.</summary>
    /// <param name="loggerFactory">Makes the logger.</param>
    /// <param name="options">How to write; by default everything as <see cref="LoggerEventSinkOptions"/> has it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loggerFactory"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public LoggerEventSink(ILoggerFactory loggerFactory, IOptions<LoggerEventSinkOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        _logger = loggerFactory.CreateLogger(Category);
        _options = options?.Value ?? new LoggerEventSinkOptions();
        var result = new LoggerEventSinkOptionsValidator().Validate(Options.DefaultName, _options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(LoggerEventSinkOptions), result.Failures);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var item in events)
        {
            var level = IsAlert(item.Type) ? _options.FailureLevel : _options.Level;
            if (_logger.IsEnabled(level) && !_written.Contains(item))
            {
                _logger.Log(level, new EventId(RecordId, LogText.Name(item.Type)), new Record(item, _options.IncludeContent), exception: null, static (record, _) => record.ToString());
                _written.Add(item);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsAlert(string type) => type is AgentEventTypes.CallFailed or AgentEventTypes.CallRefused or AgentEventTypes.PolicyViolation
        or AgentEventTypes.BudgetThreshold or AgentEventTypes.SlowCall or AgentEventTypes.ExpensiveCall;

    private sealed class Record : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly List<KeyValuePair<string, object?>> _values;
        private readonly AgentEvent _event;

        public Record(AgentEvent item, bool includesContent)
        {
            _event = item;
            _values = [new("event_id", item.Id), new("event_type", item.Type), new("event_time", item.Time)];
            AddKnown("conversation_id", item.ConversationId);
            AddKnown("user_id", item.UserId);
            AddKnown("session_id", item.SessionId);
            AddKnown("trace_id", item.TraceId);
            AddKnown("span_id", item.SpanId);
            AddKnown("content", includesContent ? item.Content : null);
            _values.AddRange(item.Data);
        }

        public int Count => _values.Count;

        public KeyValuePair<string, object?> this[int index] => _values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        // In one line, so that no value can begin a line of its own in a text log.
        public override string ToString() => LogText.Line($"{LogText.Name(_event.Type)} {EventDataJson.Write(_event.Data)}");

        private void AddKnown(string key, string? value)
        {
            if (value is not null)
            {
                _values.Add(new(key, value));
            }
        }
    }
}
