using System.Data.Common;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Writes messages as they stand in their tables, and reads them.</summary>
internal static class MessageRows
{
    public const string Columns =
        "m.sequence, m.branch, m.version, m.id, m.role, m.status, m.is_pinned, m.ticks, m.turn_id, m.replaces_id, m.token_count, m.call_ids, m.event_id, m.commitment, t.content, t.salt";

    public const string From = "aiobs_messages m LEFT JOIN aiobs_message_contents t ON t.conversation = m.conversation AND t.sequence = m.sequence";

    /// <summary>One whose id is there is left out.</summary>
    private static readonly BulkTable Messages = new(
        "aiobs_messages",
        "conversation, id",
        [
            ("conversation", typeof(long)),
            ("sequence", typeof(long)),
            ("branch", typeof(long)),
            ("version", typeof(long)),
            ("id", typeof(string)),
            ("role", typeof(string)),
            ("status", typeof(string)),
            ("is_pinned", typeof(long)),
            ("ticks", typeof(long)),
            ("turn_id", typeof(string)),
            ("replaces_id", typeof(string)),
            ("token_count", typeof(long)),
            ("call_ids", typeof(string)),
            ("event_id", typeof(byte[])),
            ("commitment", typeof(byte[])),
        ],
        Replaces: false);

    private static readonly BulkTable Contents = new(
        "aiobs_message_contents",
        "conversation, sequence",
        [("conversation", typeof(long)), ("sequence", typeof(long)), ("content", typeof(string)), ("salt", typeof(byte[]))],
        Replaces: false);

    /// <summary>Returns the rows of messages, and those of what they say.</summary>
    public static IReadOnlyList<BulkRows> Of(long conversation, IReadOnlyList<StoredMessage> messages) =>
    [
        new(Messages, [.. messages.Select(message => ValuesOf(conversation, message))]),
        new(Contents, [.. messages.Select(message => ContentOf(conversation, message))]),
    ];

    public static StoredMessage Read(DbDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Branch = checked((int)row.GetInt64(1)),
        Version = row.GetInt64(2),
        Id = row.GetString(3),
        Role = new ChatRole(row.GetString(4)),
        Status = Enum.Parse<MessageStatus>(row.GetString(5)),
        IsPinned = row.GetInt64(6) != 0,
        At = new(row.GetInt64(7), TimeSpan.Zero),
        TurnId = row.FindString(8),
        ReplacesId = row.FindString(9),
        TokenCount = row.FindInt64(10) is { } count ? checked((int)count) : null,
        CallIds = ConversationJson.ReadTexts(row.FindString(11)),
        EventId = row.FindBytes(12) is { } id ? new Guid(id, bigEndian: true) : null,
        Commitment = Convert.ToHexStringLower(row.GetFieldValue<byte[]>(13)),
        Content = row.FindString(14) is { } json && row.FindBytes(15) is { } salt ? new(json, Convert.ToBase64String(salt)) : null,
    };

    private static object?[] ValuesOf(long conversation, StoredMessage message) =>
    [
        conversation,
        message.Sequence,
        (long)message.Branch,
        message.Version,
        message.Id,
        message.Role.Value,
        message.Status.ToString(),
        message.IsPinned ? 1L : 0L,
        message.At.UtcTicks,
        message.TurnId,
        message.ReplacesId,
        (long?)message.TokenCount,
        ConversationJson.WriteTexts(message.CallIds),
        message.EventId?.ToByteArray(bigEndian: true),
        Convert.FromHexString(message.Commitment!),
    ];

    private static object?[] ContentOf(long conversation, StoredMessage message) =>
        [conversation, message.Sequence, message.Content!.Json, Convert.FromBase64String(message.Content.Salt)];
}
