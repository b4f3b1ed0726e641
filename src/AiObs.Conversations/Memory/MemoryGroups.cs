using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Puts messages into the groups that strategies work on: system messages first, then injected ones, then the conversation.</summary>
internal static class MemoryGroups
{
    public static IReadOnlyList<MessageGroup> Of(IReadOnlyList<MemoryItem> items, TokenCounts counts)
    {
        var system = new List<MessageGroup>();
        var injected = new List<MessageGroup>();
        var conversation = new List<MemoryItem>(items.Count);
        foreach (var item in items)
        {
            if (item.IsWithheld)
            {
                item.Mark = new(MemoryAction.Dropped, null, item.Stored!.Status == MessageStatus.Refused ? "a policy refused it" : "its content was erased");
            }
            else if (item.IsInjected)
            {
                injected.Add(new(MessageGroupKind.Injected, [item], turnsAgo: 0, canDrop: false, counts));
            }
            else if (item.Role == ChatRole.System)
            {
                system.Add(new(MessageGroupKind.System, [item], turnsAgo: 0, canDrop: false, counts));
            }
            else
            {
                conversation.Add(item);
            }
        }

        return [.. system, .. injected, .. GroupsOf(conversation, counts)];
    }

    private static IEnumerable<MessageGroup> GroupsOf(List<MemoryItem> items, TokenCounts counts)
    {
        var first = ToolPairs.Tie(items);
        var members = new List<MemoryItem>?[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            (members[first[index]] ??= []).Add(items[index]);
        }

        var turns = TurnsOf(items);
        var latest = new int[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            latest[first[index]] = turns[index];
        }

        for (var index = 0; index < items.Count; index++)
        {
            if (members[index] is { } group)
            {
                var isPinned = group.Exists(static item => item.IsPinned);
                yield return new(KindOf(group, isPinned), group, latest[index], canDrop: !isPinned && latest[index] > 0, counts);
            }
        }
    }

    private static MessageGroupKind KindOf(List<MemoryItem> group, bool isPinned) =>
        isPinned ? MessageGroupKind.Pinned
        : group.Exists(static item => item.CallIds.Count > 0 || item.Role == ChatRole.Tool) ? MessageGroupKind.ToolCalls
        : MessageGroupKind.Plain;

    /// <summary>Returns for each message how many turns before the present one it belongs to. A turn begins with what a user says, not with the approvals he gives.</summary>
    private static int[] TurnsOf(List<MemoryItem> items)
    {
        var turns = new int[items.Count];
        var present = StartOfPresent(items);
        var turn = 0;
        for (var index = items.Count - 1; index >= 0; index--)
        {
            turns[index] = index >= present ? 0 : Math.Max(turn, 1);
            if (index < present && IsQuestion(items[index]))
            {
                turn = Math.Max(turn, 1) + 1;
            }
        }

        return turns;
    }

    /// <summary>Returns where the present turn begins: with the newest question, or with what is new. Without a question it is all there is, as the history is kept elsewhere.</summary>
    private static int StartOfPresent(List<MemoryItem> items)
    {
        var question = Math.Max(0, items.FindLastIndex(IsQuestion));
        var added = items.FindIndex(static item => item.IsNew);
        return added < 0 ? question : Math.Min(question, added);
    }

    private static bool IsQuestion(MemoryItem item) => item.Role == ChatRole.User && item.CallIds.Count == 0;
}
