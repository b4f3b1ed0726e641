using System.Globalization;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>Turns events into what a log stores, and back. Every log uses it, so that all of them store and hash the same.</summary>
internal static class EventIntake
{
    /// <summary>The most characters of data, as JSON; facts are names, counts and amounts.</summary>
    public const int MaxDataLength = 1 << 20;

    /// <summary>The most characters of content.</summary>
    public const int MaxContentLength = 1 << 24;

    /// <summary>Prepares an event, outside of any transaction: everything but its place in a chain is settled here.</summary>
    public static PreparedEvent Prepare(AgentEvent source)
    {
        var content = source.Content is null ? null : new EventContent(Content(source.Content), ContentCommitment.NewSalt());
        var facts = new EventFacts
        {
            Id = source.Id,
            Ticks = source.Time.UtcTicks,
            Type = StoredText.Id(source.Type)!,
            ConversationId = StoredText.Id(source.ConversationId),
            UserId = StoredText.Id(source.UserId),
            SessionId = StoredText.Id(source.SessionId),
            TraceId = StoredText.Id(source.TraceId),
            SpanId = StoredText.Id(source.SpanId),
            Data = Data(source.Data),
            Commitment = content is { Text: { } text, Salt: { } salt } ? ContentCommitment.Of(text, salt) : null,
        };
        return new PreparedEvent(facts, content);
    }

    /// <summary>Prepares a batch; an event that stands in it twice comes out once.</summary>
    /// <exception cref="EventConflictException">Two events of the batch have the same id.</exception>
    public static IReadOnlyList<PreparedEvent> Prepare(IReadOnlyList<AgentEvent> batch)
    {
        var prepared = new List<PreparedEvent>(batch.Count);
        var byId = new Dictionary<Guid, PreparedEvent>(batch.Count);
        foreach (var source in batch)
        {
            var added = Prepare(source);
            if (byId.TryAdd(source.Id, added))
            {
                prepared.Add(added);
            }
            else
            {
                added.ThrowIfConflictsWith(byId[source.Id].Facts, byId[source.Id].Content);
            }
        }

        return prepared;
    }

    /// <summary>Gives a stored event the form in which logs return it.</summary>
    public static LoggedEvent Read(StoredEvent row) => new(
        new AgentEvent
        {
            Id = row.Facts.Id,
            Time = new DateTimeOffset(row.Facts.Ticks, TimeSpan.Zero),
            Type = row.Facts.Type,
            ConversationId = row.Facts.ConversationId,
            UserId = row.Facts.UserId,
            SessionId = row.Facts.SessionId,
            TraceId = row.Facts.TraceId,
            SpanId = row.Facts.SpanId,
            Data = EventDataJson.Read(row.Facts.Data),
            Content = row.Content?.Text,
        },
        row.Position,
        row.Place.Writer,
        row.Place.Count,
        row.Place.HashText,
        IsContentErased: row.Content?.ErasedBy is not null);

    private static string Data(IReadOnlyDictionary<string, object?> data)
    {
        var json = EventDataJson.Write(data);
        return json.Length <= MaxDataLength ? json : EventDataJson.Write(new Dictionary<string, object?> { ["omitted"] = TooLong(json, MaxDataLength) });
    }

    private static string Content(string content) =>
        content.Length <= MaxContentLength ? StoredText.Of(content) : $"\"{TooLong(content, MaxContentLength)}\"";

    private static string TooLong(string text, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters, more than the {limit} that an event log keeps");
}
