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

    private static List<MessageGroup> GroupsOf(List<MemoryItem> items, TokenCounts counts)
    {
        var first = ToolPairs.Tie(items);
        var turns = TurnsOf(items);
        var sizes = new int[items.Count];
        var latest = new int[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            sizes[first[index]]++;
            latest[first[index]] = turns[index];
        }

        var groups = new List<MessageGroup>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            if (sizes[index] > 0)
            {
                var group = MembersOf(items, first, index, sizes[index]);
                var kind = KindOf(group);
                groups.Add(new(kind, group, latest[index], canDrop: kind != MessageGroupKind.Pinned && latest[index] > 0, counts));
            }
        }

        return groups;
    }

    private static MemoryItem[] MembersOf(List<MemoryItem> items, int[] first, int start, int size)
    {
        var members = new MemoryItem[size];
        var found = 0;
        for (var index = start; found < size; index++)
        {
            if (first[index] == start)
            {
                members[found++] = items[index];
            }
        }

        return members;
    }

    private static MessageGroupKind KindOf(MemoryItem[] group) =>
        Array.Exists(group, static item => item.IsPinned) ? MessageGroupKind.Pinned
        : Array.Exists(group, static item => item.CallIds.Count > 0 || item.Role == ChatRole.Tool) ? MessageGroupKind.ToolCalls
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
