using AiObs.Conversations.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>The messages of a conversation as strategies see them, in groups that cannot be split, and what can be done to them.</summary>
public sealed class MemoryWork
{
    private readonly MemoryRequest _request;
    private readonly TokenCounts _counts;
    private readonly List<MemoryFailure> _failures = [];
    private MessageGroup?[] _slots;
    private IReadOnlyList<MessageGroup>? _groups;
    private int? _contextWindow;
    private string _strategy = "";

    // A strategy drops many groups for one reason.
    private MemoryMark? _mark;

    internal MemoryWork(IReadOnlyList<MessageGroup> groups, MemoryRequest request, MemorySource source, TokenCounts counts)
    {
        _request = request;
        _counts = counts;
        _slots = [.. groups];
        Source = source;
        for (var index = 0; index < groups.Count; index++)
        {
            groups[index].Slot = index;
        }
    }

    /// <summary>Gets the groups that are left, in order: system messages, injected ones, then the conversation.</summary>
    /// <value>A list of its own after each change, so that it can be walked while groups are dropped.</value>
    public IReadOnlyList<MessageGroup> Groups => _groups ??= [.. _slots.OfType<MessageGroup>()];

    /// <summary>Gets the model; <see langword="null"/> where that is not known.</summary>
    public string? Model => _request.Model;

    /// <summary>Gets how many tokens the model takes, input and output together; <see langword="null"/> where that is not known.</summary>
    public int? ContextWindow => _request.ContextWindow ?? (_contextWindow ??= _request.Model is { } model ? Source.FindContextWindow(model) : null);

    /// <summary>Gets how many tokens of the window are not for messages: the answer, tools, and instructions that are no message.</summary>
    public int ReservedTokens => _request.MaxOutputTokens + _request.ReservedTokens;

    /// <summary>Gets how many tokens the groups that are left take.</summary>
    public int TokenCount => Groups.Sum(static group => group.TokenCount);

    internal MemorySource Source { get; }

    /// <summary>Gets the context window as far as anybody has asked for it: the price data is not read for nobody.</summary>
    internal int? KnownContextWindow => _request.ContextWindow ?? _contextWindow;

    internal IReadOnlyList<MemoryFailure> Failures => _failures;

    /// <summary>Counts the tokens of a message that a strategy made.</summary>
    /// <param name="message">The message.</param>
    /// <returns>How many tokens it takes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is <see langword="null"/>.</exception>
    public int CountTokens(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _counts.Of(message);
    }

    /// <summary>Leaves a group out.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reason">Why, for whoever asks what the model did not see.</param>
    /// <exception cref="ArgumentException">The group is not among <see cref="Groups"/> any more, or the reason is empty.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MessageGroup.CanDrop"/> forbids it.</exception>
    public void Drop(MessageGroup group, string reason)
    {
        Check(group, reason);
        Remove(group, _mark is { Action: MemoryAction.Dropped } mark && mark.Strategy == _strategy && mark.Reason == reason ? mark : _mark = new(MemoryAction.Dropped, _strategy, reason));
    }

    /// <summary>Puts a message where the first of some groups stands, and leaves the groups out.</summary>
    /// <param name="groups">The groups; at least one.</param>
    /// <param name="message">The message that stands for them: of the user or the assistant, without tool calls and results.</param>
    /// <param name="reason">Why, for whoever asks what the model did not see.</param>
    /// <exception cref="ArgumentException">A group is not among <see cref="Groups"/> any more, there is none, the message has another role or is about tools, or the reason is empty.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MessageGroup.CanDrop"/> of a group forbids it.</exception>
    public void Replace(IEnumerable<MessageGroup> groups, ChatMessage message, string reason)
    {
        ArgumentNullException.ThrowIfNull(message);
        if ((message.Role != ChatRole.User && message.Role != ChatRole.Assistant) || ToolPairs.IdsOf(message).Count > 0)
        {
            throw new ArgumentException("What stands for other messages is of the user or the assistant, and without tool calls and results.", nameof(message));
        }

        Replace([.. groups], [message], reason);
    }

    /// <summary>Shortens the messages of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="shorter">As many messages as it has, in order, with the same roles and the same tool calls and results.</param>
    /// <param name="reason">Why, for whoever asks what the model did not see.</param>
    /// <exception cref="ArgumentException">The group is not among <see cref="Groups"/> any more, the messages are others, or the reason is empty.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MessageGroup.CanDrop"/> forbids it.</exception>
    public void Trim(MessageGroup group, IReadOnlyList<ChatMessage> shorter, string reason)
    {
        ArgumentNullException.ThrowIfNull(shorter);
        Check(group, reason);
        if (shorter.Count != group.Messages.Count || !shorter.Zip(group.Messages).All(static pair => IsSameKind(pair.First, pair.Second)))
        {
            throw new ArgumentException("A group is trimmed to as many messages, with the same roles and the same tool calls and results.", nameof(shorter));
        }

        Mark(group, new(MemoryAction.Trimmed, _strategy, reason));
        Put(group.Slot, group.With(shorter));
    }

    /// <summary>Tells of something that failed and that the strategy did without, such as a summary that could not be made.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void ReportFailure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _failures.Add(new(_strategy, exception));
    }

    /// <summary>Puts messages where the first of some groups stands, as a foreign reducer may make several.</summary>
    internal void Replace(IReadOnlyList<MessageGroup> groups, IReadOnlyList<ChatMessage> messages, string reason)
    {
        if (groups.Count == 0)
        {
            throw new ArgumentException("There is no group to replace.", nameof(groups));
        }

        foreach (var group in groups)
        {
            Check(group, reason);
        }

        var first = groups.MinBy(static group => group.Slot)!;
        foreach (var group in groups)
        {
            Remove(group, new(MemoryAction.Summarized, _strategy, reason));
        }

        MemoryItem[] items = [.. groups.SelectMany(static group => group.Items)];
        Put(first.Slot, MessageGroup.Made(messages, items, first.TurnsAgo, new(MemoryAction.Injected, _strategy, reason), _counts));
    }

    /// <summary>Keeps the last messages, and what cannot be dropped; stops at the first group that is too large.</summary>
    internal void KeepLast(int messages, string reason)
    {
        var groups = Groups;
        var room = messages;
        for (var index = groups.Count - 1; index >= 0; index--)
        {
            var group = groups[index];
            if (group.Kind is MessageGroupKind.System or MessageGroupKind.Pinned or MessageGroupKind.Injected or MessageGroupKind.Summary)
            {
                continue;
            }

            // Once a group does not fit, none of the older ones does.
            room = group.Count <= room ? room - group.Count : -1;
            if (room < 0 && group.CanDrop)
            {
                Drop(group, reason);
            }
        }

        BeginWithQuestion();
    }

    /// <summary>Leaves out what stands before the first question that is left, as no request can begin with it: an answer to one that was dropped.</summary>
    private void BeginWithQuestion()
    {
        foreach (var group in Groups.Where(static group => group.Kind is not (MessageGroupKind.System or MessageGroupKind.Injected)))
        {
            if (!group.CanDrop || group.Kind == MessageGroupKind.Summary || group.Items[0].Role == ChatRole.User)
            {
                return;
            }

            Drop(group, "the question that it answers is not shown");
        }
    }

    /// <summary>Marks messages that are put back into a group.</summary>
    internal static void MarkRepaired(IEnumerable<MemoryItem> items, string reason)
    {
        foreach (var item in items)
        {
            item.Mark = MemoryMark.Repaired(reason);
        }
    }

    /// <summary>Runs a strategy; where it throws, everything is as it was before.</summary>
    internal async ValueTask<Exception?> RunAsync(IMemoryStrategy strategy, IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        var slots = _slots;
        var marks = items.Select(static item => item.Mark).ToArray();
        _slots = [.. slots];
        _strategy = strategy.Name;
        try
        {
            await strategy.ApplyAsync(this, cancellationToken).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // What a strategy throws is answered as the request says, and told.
        catch (Exception exception) when (exception is not MemoryException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
        {
            _slots = slots;
            _groups = null;
            for (var index = 0; index < marks.Length; index++)
            {
                items[index].Mark = marks[index];
            }

            return exception;
        }
    }

    private static bool IsSameKind(ChatMessage one, ChatMessage other) =>
        one.Role == other.Role && ToolPairs.IdsOf(one).SequenceEqual(ToolPairs.IdsOf(other));

    private void Check(MessageGroup group, string reason)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (group.Slot >= _slots.Length || _slots[group.Slot] != group)
        {
            throw new ArgumentException("The group is not among the groups, or not any more.", nameof(group));
        }

        if (!group.CanDrop)
        {
            throw new InvalidOperationException("The present turn, and system, pinned and injected messages, go to the model whole: see MessageGroup.CanDrop.");
        }
    }

    private void Remove(MessageGroup group, MemoryMark mark)
    {
        Mark(group, mark);
        Put(group.Slot, null);
    }

    private void Put(int slot, MessageGroup? group)
    {
        if (group is not null)
        {
            group.Slot = slot;
        }

        _slots[slot] = group;
        _groups = null;
    }

    private static void Mark(MessageGroup group, MemoryMark mark)
    {
        for (var index = 0; index < group.Items.Count; index++)
        {
            group.Items[index].Mark = mark;
        }
    }
}
