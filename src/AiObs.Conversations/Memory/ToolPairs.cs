using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Finds what ties messages to each other: calls with their results, and approvals with what they answer. By id, never by position.</summary>
internal static class ToolPairs
{
    /// <summary>Returns the ids of the calls that a message makes or answers, and of the approvals that it asks for or gives.</summary>
    public static IReadOnlyList<string> IdsOf(ChatMessage message)
    {
        List<string>? ids = null;
        foreach (var content in message.Contents)
        {
            var (first, second) = content switch
            {
                ToolCallContent call => (call.CallId, null),
                ToolResultContent result => (result.CallId, null),
                ToolApprovalRequestContent request => (request.RequestId, request.ToolCall?.CallId),
                ToolApprovalResponseContent response => (response.RequestId, response.ToolCall?.CallId),
                InputRequestContent request => (request.RequestId, null),
                InputResponseContent response => (response.RequestId, null),
                _ => default((string?, string?)),
            };
            Add(first);
            Add(second);
        }

        return ids ?? (IReadOnlyList<string>)[];

        void Add(string? id)
        {
            if (id is not null && ids?.Contains(id) is not true)
            {
                (ids ??= []).Add(id);
            }
        }
    }

    /// <summary>Returns for each message the index of the first one that it is tied to; its own where there is none.</summary>
    public static int[] Tie(IReadOnlyList<MemoryItem> items)
    {
        var first = new int[items.Count];
        var open = new Dictionary<string, (int Item, bool IsAnswered)>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            first[index] = index;
            for (var call = 0; call < item.CallIds.Count; call++)
            {
                var id = item.CallIds[call];

                // Some providers number their calls from one in each answer: a call after the result is another call.
                if (open.TryGetValue(id, out var known) && !(known.IsAnswered && item.Role == ChatRole.Assistant))
                {
                    Join(first, known.Item, index);
                    open[id] = (known.Item, known.IsAnswered || item.Answers(id));
                }
                else
                {
                    open[id] = (index, item.Answers(id));
                }
            }

            // A result that does not say which call it answers belongs to the call before it.
            if (item.Role == ChatRole.Tool && item.CallIds.Count == 0 && index > 0 && IsOfTools(items[index - 1]))
            {
                Join(first, index - 1, index);
            }
        }

        for (var index = 0; index < first.Length; index++)
        {
            first[index] = RootOf(first, index);
        }

        return first;
    }

    private static bool IsOfTools(MemoryItem item) => item.CallIds.Count > 0 || item.Role == ChatRole.Tool;

    private static void Join(int[] first, int one, int other)
    {
        one = RootOf(first, one);
        other = RootOf(first, other);
        first[Math.Max(one, other)] = Math.Min(one, other);
    }

    private static int RootOf(int[] first, int index)
    {
        while (first[index] != index)
        {
            index = first[index];
        }

        return index;
    }
}
