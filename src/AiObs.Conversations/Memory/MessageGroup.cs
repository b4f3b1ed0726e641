using AiObs.Conversations.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>Messages that a model is shown together or not at all.</summary>
public sealed class MessageGroup
{
    private readonly TokenCounts _counts;
    private IReadOnlyList<ChatMessage>? _messages;
    private int? _tokenCount;

    internal MessageGroup(MessageGroupKind kind, IReadOnlyList<MemoryItem> items, int turnsAgo, bool canDrop, TokenCounts counts)
    {
        Kind = kind;
        Items = items;
        TurnsAgo = turnsAgo;
        CanDrop = canDrop;
        _counts = counts;
    }

    /// <summary>Gets the messages, in order. They are those that go to the model: change none of them.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages ??= [.. Items.Select(static item => item.Message)];

    /// <summary>Gets how many messages it has.</summary>
    public int Count => IsOriginal ? Items.Count : Messages.Count;

    /// <summary>Gets what it is.</summary>
    public MessageGroupKind Kind { get; }

    /// <summary>Gets how many turns before the present one it belongs to: 0 for the present turn, and for system and injected messages, which belong to none.</summary>
    public int TurnsAgo { get; }

    /// <summary>Gets how many tokens it takes, the provider's count where there is one.</summary>
    public int TokenCount => _tokenCount ??= IsOriginal ? Items.Sum(_counts.Of) : Messages.Sum(_counts.Of);

    /// <summary>Gets a value indicating whether it may be dropped, replaced or trimmed: not so for the present turn, and for system, pinned and injected messages.</summary>
    public bool CanDrop { get; }

    /// <summary>Gets the messages that it is made of; for a summary, those that it stands for.</summary>
    internal IReadOnlyList<MemoryItem> Items { get; }

    /// <summary>Gets a value indicating whether its messages are those that it was made of.</summary>
    internal bool IsOriginal { get; private init; } = true;

    /// <summary>Gets the strategy that made it, with its reason.</summary>
    internal MemoryMark? Mark { get; private init; }

    /// <summary>Gets or sets where it stands among all groups.</summary>
    internal int Slot { get; set; }

    /// <summary>Makes a group of messages that stand for others.</summary>
    internal static MessageGroup Made(IReadOnlyList<ChatMessage> messages, IReadOnlyList<MemoryItem> items, int turnsAgo, MemoryMark mark, TokenCounts counts) =>
        new(MessageGroupKind.Summary, items, turnsAgo, canDrop: true, counts) { _messages = messages, IsOriginal = false, Mark = mark };

    /// <summary>Returns the group with shorter messages.</summary>
    internal MessageGroup With(IReadOnlyList<ChatMessage> shorter) =>
        new(Kind, Items, TurnsAgo, CanDrop, _counts) { _messages = shorter, IsOriginal = false, Mark = Mark };
}
