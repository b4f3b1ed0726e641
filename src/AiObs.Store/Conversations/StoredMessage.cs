using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Store;

/// <summary>A message of a conversation. It is never edited: what replaces it is another one, on another branch.</summary>
public sealed record StoredMessage
{
    /// <summary>Gets the id, which is unique within the conversation. At most 512 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Gets its number in the conversation, counted from 1 over all branches without a gap: the only order there is.</summary>
    /// <value>Given by the store.</value>
    public long Sequence { get; init; }

    /// <summary>Gets the <see cref="Conversation.Version"/> that brought it.</summary>
    /// <value>Given by the store.</value>
    public long Version { get; init; }

    /// <summary>Gets the branch that it was written to.</summary>
    /// <value>Given by the store.</value>
    public int Branch { get; init; }

    /// <summary>Gets the id of the message that it replaces.</summary>
    public string? ReplacesId { get; init; }

    /// <summary>Gets the turn that it belongs to.</summary>
    public string? TurnId { get; init; }

    /// <summary>Gets the role, such as <c>user</c>. It stays when the content is erased.</summary>
    public required ChatRole Role { get; init; }

    /// <summary>Gets what was said, as it is stored; <see langword="null"/> once it is erased.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>Gets how many tokens it takes, as reported by the provider; <see langword="null"/> where nobody did.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Gets a value indicating whether memory must keep it.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Gets how it stands.</summary>
    public MessageStatus Status { get; init; }

    /// <summary>Gets when it was said, which orders nothing.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Gets the ids of the tool calls that it makes or answers, and of the approvals that it asks for or gives.</summary>
    public IReadOnlyList<string> CallIds { get; init; } = [];

    /// <summary>Gets the id of the <c>message_sent</c> event that tells of it; <see langword="null"/> where none was raised.</summary>
    public Guid? EventId { get; init; }

    /// <summary>Gets the salted SHA-256 of the content, which stays when the content is erased, and stands in the event too.</summary>
    public string? Commitment { get; init; }

    /// <summary>Gets how contents are read that are not of Microsoft.Extensions.AI.</summary>
    internal JsonSerializerOptions? JsonOptions { get; init; }

    /// <summary>Reads what was said.</summary>
    /// <returns>A message that nobody else holds; one without contents where they are erased.</returns>
    public ChatMessage ToMessage() => Content?.ToMessage(JsonOptions) ?? new ChatMessage { Role = Role, MessageId = Id };
}
