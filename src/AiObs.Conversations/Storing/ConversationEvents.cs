using System.Security.Cryptography;
using System.Text;
using AiObs.Events;
using AiObs.Events.Raising;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Storing;

/// <summary>Makes the events of conversations, which are committed with what they tell of and then handed to the sinks.</summary>
internal sealed class ConversationEvents(AgentEvents events)
{
    /// <summary>Makes the events of new messages, and gives each message the id of its event.</summary>
    public (IReadOnlyList<StoredMessage> Messages, IReadOnlyList<AgentEvent> Events) OfMessages(
        Conversation conversation, IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> messages, DateTimeOffset at)
    {
        if (!events.IsWanted(AgentEventTypes.MessageSent))
        {
            return ([.. messages.Select(static message => message.Stored)], []);
        }

        List<StoredMessage> stored = [];
        List<AgentEvent> made = [];
        foreach (var (message, said) in messages)
        {
            var facts = new FactList(4);
            facts.Add(EventDataKeys.MessageId, message.Id);
            facts.Add(EventDataKeys.Role, message.Role.Value);
            facts.Add(EventDataKeys.TurnId, message.TurnId);
            facts.Add(EventDataKeys.Commitment, message.Content!.Commitment);
            var item = Make(AgentEventTypes.MessageSent, conversation, at, facts, said, IdOf(conversation, message.Id));
            stored.Add(message with { EventId = item?.Id });
            if (item is not null)
            {
                made.Add(item);
            }
        }

        return (stored, made);
    }

    /// <summary>Makes the events of messages that a guardrail refuses, without what was said, and gives each message the id of its event.</summary>
    public (IReadOnlyList<StoredMessage> Messages, IReadOnlyList<AgentEvent> Events) OfRejected(
        Conversation conversation, IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> messages, string policy, string reason, DateTimeOffset at)
    {
        List<StoredMessage> stored = [];
        List<AgentEvent> made = [];
        foreach (var (message, _) in messages)
        {
            var item = Of(
                AgentEventTypes.MessageRejected,
                conversation,
                at,
                (EventDataKeys.MessageId, message.Id),
                (EventDataKeys.Role, message.Role.Value),
                (EventDataKeys.TurnId, message.TurnId),
                (EventDataKeys.Policy, policy),
                (EventDataKeys.Reason, reason),
                (EventDataKeys.Commitment, message.Content!.Commitment));
            stored.Add(message with { EventId = item is [var only] ? only.Id : null });
            made.AddRange(item);
        }

        return (stored, made);
    }

    /// <summary>Makes the event of something that happened to a conversation; none where nobody wants it.</summary>
    public IReadOnlyList<AgentEvent> Of(string type, Conversation conversation, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        return Make(type, conversation, at, FactsOf(data)) is { } item ? [item] : [];
    }

    private static FactList FactsOf(ReadOnlySpan<(string Key, object? Value)> data)
    {
        var facts = new FactList(data.Length);
        foreach (var (key, value) in data)
        {
            facts.Add(key, value);
        }

        return facts;
    }

    /// <summary>Makes the event of something that is known of a user, or is no longer; none where nobody wants it.</summary>
    public IReadOnlyList<AgentEvent> OfUser(string type, string userId, string? conversationId, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data) =>
        events.Make(new(type, FactsOf(data).ToData(), at) { ConversationId = conversationId, UserId = userId }, said: null) is { } item ? [item] : [];

    /// <summary>Hands events to the sinks once they are committed.</summary>
    public ValueTask PostAsync(IReadOnlyList<AgentEvent> made, CancellationToken cancellationToken) => events.PostAsync(made, cancellationToken);

    private AgentEvent? Make(string type, Conversation conversation, DateTimeOffset at, FactList facts, ChatMessage? said = null, Guid? id = null) => events.Make(
        new(type, facts.ToData(), at) { Id = id, ConversationId = conversation.Id, UserId = conversation.UserId }, said);

    /// <summary>The same message has the same event, whoever tries again.</summary>
    private static Guid IdOf(Conversation conversation, string messageId)
    {
        const int Length = 16;
        var name = $"aiobs.message_sent.1\0{conversation.Tenant}\0{conversation.Id}\0{messageId}";
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);

        // Version 8, for ids that are made of what they name.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..Length], bigEndian: true);
    }
}
