using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Makes a request of groups that every provider takes: each call directly before its results, and a question first.</summary>
internal static class RequestRepair
{
    public static List<SentMessage> Of(IReadOnlyList<MessageGroup> groups, bool answersMissing)
    {
        var sent = new List<SentMessage>();
        var mustBegin = HasQuestion(groups);

        // Without a question the history is kept by a service, and so are the calls that these results answer.
        var isKeptElsewhere = !mustBegin && groups.All(static group => group.Items.All(static item => item.Stored is null));
        for (var index = 0; index < groups.Count; index++)
        {
            var group = groups[index];
            var count = sent.Count;
            Send(group, sent, answersMissing, isPending: index == groups.Count - 1, isKeptElsewhere);
            if (sent.Count == count || group.Kind is MessageGroupKind.System or MessageGroupKind.Injected || !mustBegin)
            {
                continue;
            }

            if (group.CanDrop && group.Kind != MessageGroupKind.Summary && sent[count].Message.Role != ChatRole.User)
            {
                Withdraw(sent, count, group);
                continue;
            }

            mustBegin = false;
        }

        return sent;
    }

    private static bool HasQuestion(IReadOnlyList<MessageGroup> groups) => groups.Any(static group =>
        group.Kind is not (MessageGroupKind.System or MessageGroupKind.Injected) && group.Messages.Any(static message => message.Role == ChatRole.User));

    private static void Withdraw(List<SentMessage> sent, int count, MessageGroup group)
    {
        sent.RemoveRange(count, sent.Count - count);
        foreach (var item in group.Items)
        {
            item.Mark = MemoryMark.Repaired("left out, as a request begins with what the user says");
        }
    }

    private static void Send(MessageGroup group, List<SentMessage> sent, bool answersMissing, bool isPending, bool isKeptElsewhere)
    {
        List<SentMessage> messages = new(group.Count);
        for (var index = 0; index < group.Messages.Count; index++)
        {
            messages.Add(new(group.Messages[index], group.Kind == MessageGroupKind.Summary ? null : group.Items[index], group.IsOriginal));
        }

        // A history of somebody else's may end with a call whose result is still to come.
        isPending = isPending && messages.TrueForAll(static message => message.Item is { Stored: null });
        sent.AddRange(isKeptElsewhere || CallOrder.IsRight(messages, isPending) ? messages : CallOrder.Restore(messages, answersMissing, isPending));
    }
}
