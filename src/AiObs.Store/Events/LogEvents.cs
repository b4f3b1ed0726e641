using System.Globalization;
using System.Text.Json;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>Makes the events that a log writes about itself.</summary>
internal static class LogEvents
{
    /// <summary>The most characters of a reason: with it, and all the writers that an erasure can name, the data stays within what an event may have.</summary>
    public const int MaxReasonLength = 10_000;

    private const string After = "after";
    private const string Before = "before";

    /// <summary>Returns an id for an event of a time. A clock that was never set may stand before 1970, where ids of this kind begin.</summary>
    public static Guid NewId(DateTimeOffset time) => Guid.CreateVersion7(time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time);

    /// <summary>Refuses a reason that no event can tell of.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static void ThrowIfInvalid(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (reason.Length > MaxReasonLength)
        {
            throw new ArgumentException($"The reason has {reason.Length} characters, and can have {MaxReasonLength}. Nothing was erased.", nameof(reason));
        }
    }

    /// <summary>Tells whether an event tells of what was done to this log: one that was read from another log and appended here tells of that one.</summary>
    /// <param name="told">A <c>content_erased</c> or <c>retention_applied</c>, of a writer that knows the log's id.</param>
    /// <param name="log">The log's id.</param>
    public static bool IsOf(StoredEvent told, Guid? log)
    {
        try
        {
            return log is { } id && EventDataJson.Read(told.Facts.Data).GetValueOrDefault(EventDataKeys.Log) as string == id.ToString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Somebody changed it, which the chain says.
            return false;
        }
    }

    /// <summary>
    /// Tells of an erasure: how many, why, by which filters, and up to which event of each writer. So it says of every event whether its content
    /// was erased, and needs to know of none that retention drops. Filters are names that the log has as facts anyway.
    /// </summary>
    public static AgentEvent ContentErased(
        Guid? log, Guid id, DateTimeOffset time, EventQuery query, string reason, long count, IEnumerable<(string Writer, long Sequence)> upTo) => new()
        {
            Id = id,
            Time = time,
            Type = AgentEventTypes.ContentErased,
            Data = new Dictionary<string, object?>
            {
                [EventDataKeys.Count] = count,
                [EventDataKeys.Reason] = reason,
                [EventDataKeys.Filter] = Set(
                (AgentEventJson.ConversationId, StoredText.Id(query.ConversationId)),
                (AgentEventJson.UserId, StoredText.Id(query.UserId)),
                (AgentEventJson.SessionId, StoredText.Id(query.SessionId)),
                (AgentEventJson.Type, StoredText.Id(query.Type)),
                (AgentEventJson.TraceId, StoredText.Id(query.TraceId)),
                (After, query.After),
                (Before, query.Before)),
                [EventDataKeys.Log] = log,
                [EventDataKeys.UpTo] = upTo.ToDictionary(static end => end.Writer, static end => (object?)end.Sequence),
            },
        };

    /// <summary>Returns the query that an erasure tells of.</summary>
    /// <exception cref="FormatException">The filter is none.</exception>
    public static EventQuery QueryOf(IReadOnlyDictionary<string, object?> filter) => new()
    {
        ConversationId = Text(filter, AgentEventJson.ConversationId),
        UserId = Text(filter, AgentEventJson.UserId),
        SessionId = Text(filter, AgentEventJson.SessionId),
        Type = Text(filter, AgentEventJson.Type),
        TraceId = Text(filter, AgentEventJson.TraceId),
        After = Time(filter, After),
        Before = Time(filter, Before),
    };

    /// <summary>Tells of dropped events: how many, by which rule, and which checkpoints stand for all that was ever dropped.</summary>
    public static AgentEvent RetentionApplied(
        Guid? log, Guid id, DateTimeOffset time, EventRetention retention, long count, IReadOnlyList<ChainCheckpoint> checkpoints) => new()
        {
            Id = id,
            Time = time,
            Type = AgentEventTypes.RetentionApplied,
            Data = Set(
            (EventDataKeys.Count, count),
            (EventDataKeys.Log, log),
            (EventDataKeys.MaxAge, retention.MaxAge),
            (EventDataKeys.MaxEvents, retention.MaxEvents),
            (EventDataKeys.Dropped, checkpoints.Aggregate(0L, static (sum, checkpoint) => unchecked(sum + checkpoint.Head.Count))),
            (EventDataKeys.Checkpoints, ChainCheckpoint.DigestOf(checkpoints))),
        };

    private static string? Text(IReadOnlyDictionary<string, object?> filter, string key) =>
        filter.TryGetValue(key, out var value) ? value as string ?? throw new FormatException($"The filter of {key} is no text.") : null;

    private static DateTimeOffset? Time(IReadOnlyDictionary<string, object?> filter, string key) =>
        Text(filter, key) is { } text ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) : null;

    private static Dictionary<string, object?> Set(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var data = new Dictionary<string, object?>();
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                data.Add(key, value);
            }
        }

        return data;
    }
}
