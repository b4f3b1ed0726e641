using System.Globalization;
using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Conversations;

/// <summary>Makes commits as a turn does: a question and an answer of 200 characters, with the two events that tell of them.</summary>
internal static class Commits
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static string Text { get; } = new('x', 200);

    public static ConversationCommit Creating(string id) => new() { ConversationId = id, At = Start, Create = new Conversation { Id = id, UserId = "user" } };

    public static ConversationCommit Make(string id, bool withEvents = true)
    {
        StoredMessage[] messages = [Message(ChatRole.User), Message(ChatRole.Assistant)];
        return new()
        {
            ConversationId = id,
            At = Start,
            Messages = messages,
            Events = withEvents ? [.. messages.Select(message => EventOf(id, message))] : [],
        };
    }

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"c-{number}");

    private static StoredMessage Message(ChatRole role) => new() { Id = Guid.NewGuid().ToString("N"), Role = role, Content = MessageContent.Of(new ChatMessage(role, Text)), At = Start };

    private static AgentEvent EventOf(string id, StoredMessage message) => new()
    {
        Id = Guid.NewGuid(),
        Time = Start,
        Type = AgentEventTypes.MessageSent,
        ConversationId = id,
        UserId = "user",
        Data = new Dictionary<string, object?> { ["message_id"] = message.Id, ["role"] = message.Role.Value, ["commitment"] = message.Content!.Commitment },
    };
}
