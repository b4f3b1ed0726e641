using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>A message as memory takes it in. One that is stored is read only when somebody looks at it, as most of a long history is dropped unread.</summary>
internal sealed class MemoryItem
{
    private ChatMessage? _message;

    private MemoryItem(ChatRole role, IReadOnlyList<string> callIds)
    {
        Role = role;
        CallIds = callIds;
    }

    public ChatRole Role { get; }

    /// <summary>Gets the ids that tie it to other messages.</summary>
    public IReadOnlyList<string> CallIds { get; }

    public StoredMessage? Stored { get; private init; }

    /// <summary>Gets a value indicating whether it is none of the conversation.</summary>
    public bool IsInjected { get; private init; }

    /// <summary>Gets a value indicating whether it is new in the present turn.</summary>
    public bool IsNew { get; private init; }

    public bool IsPinned => Stored is { IsPinned: true };

    public string? Id => Stored?.Id ?? _message!.MessageId;

    /// <summary>Gets a value indicating whether no model may be shown it, whatever is decided.</summary>
    public bool IsWithheld => Stored is { Status: MessageStatus.Refused or MessageStatus.Erased } or { Content: null };

    public bool IsRead => _message is not null;

    public ChatMessage Message => _message ??= SendableContent.Of(Stored!);

    /// <summary>Gets or sets what was decided.</summary>
    public MemoryMark Mark { get; set; } = MemoryMark.Kept;

    /// <summary>Gets or sets how many tokens it takes, once that is counted.</summary>
    public int? TokenCount { get; set; }

    /// <summary>Takes a message of the conversation.</summary>
    public static MemoryItem Of(StoredMessage message) =>
        new(message.Role, message.Status == MessageStatus.Partial ? [] : message.CallIds)
        {
            Stored = message,
            TokenCount = message.Status is MessageStatus.Complete ? message.TokenCount : null,
            Mark = message.IsPinned ? MemoryMark.Pinned : MemoryMark.Kept,
        };

    /// <summary>Takes a message of a history that somebody else keeps.</summary>
    public static MemoryItem Of(ChatMessage message) => new(message.Role, ToolPairs.IdsOf(message)) { _message = SendableContent.Of(message) };

    /// <summary>Takes a message that the present turn brings.</summary>
    public static MemoryItem New(ChatMessage message) => new(message.Role, ToolPairs.IdsOf(message)) { _message = SendableContent.Of(message), IsNew = true };

    /// <summary>Takes a message that is put before the history, such as facts about the user.</summary>
    public static MemoryItem Injected(ChatMessage message) => new(message.Role, []) { _message = SendableContent.Of(message), IsInjected = true, Mark = MemoryMark.Injected };

    /// <summary>Says whether it answers a call, so that a call with the same id that comes later is another one.</summary>
    public bool Answers(string callId) => Stored is not null && _message is null
        ? Role == ChatRole.Tool
        : Message.Contents.Any(content => content is ToolResultContent result && result.CallId == callId);
}
