using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory.Strategies;

/// <summary>What a foreign reducer returned, put beside the groups that it was given.</summary>
internal sealed class ReducedMessages
{
    private readonly Dictionary<MessageGroup, ChatMessage?[]> _kept = [];
    private readonly List<(ChatMessage Message, MessageGroup? Before)> _added = [];

    public static ReducedMessages Of(IReadOnlyList<MessageGroup> groups, IEnumerable<ChatMessage> reduced)
    {
        var answer = new ReducedMessages();
        var places = PlacesOf(groups);
        var added = new List<ChatMessage>();
        foreach (var message in reduced)
        {
            if (answer.TryKeep(places, message) is { } group)
            {
                answer._added.AddRange(added.Select(one => (one, (MessageGroup?)group)));
                added.Clear();
            }
            else if (ToolPairs.IdsOf(message).Count == 0 && message.Contents.Count > 0)
            {
                // What a reducer writes is made of what was said, and is no instruction.
                added.Add(message.Role == ChatRole.User || message.Role == ChatRole.Assistant ? message : new(ChatRole.User, message.Contents));
            }
        }

        answer._added.AddRange(added.Select(static one => (one, (MessageGroup?)null)));
        return answer;
    }

    public bool IsKept(MessageGroup group) => _kept.ContainsKey(group);

    /// <summary>Returns the new messages that stand before a group, or after all of them.</summary>
    public IEnumerable<ChatMessage> AddedBefore(MessageGroup? group) => _added.Where(added => added.Before == group).Select(static added => added.Message);

    /// <summary>Puts back what was taken out of a group, and takes over what was shortened.</summary>
    public void Restore(MemoryWork work, MessageGroup group)
    {
        var kept = _kept[group];
        ChatMessage[] whole = [.. kept.Select((message, index) => message ?? group.Messages[index])];
        if (whole.Where((message, index) => message != group.Messages[index]).Any())
        {
            work.Trim(group, whole, "the reducer returned it in another form");
        }

        MemoryWork.MarkRepaired(
            group.Items.Where((_, index) => index < kept.Length && kept[index] is null), "put back, as the reducer kept another part of what belongs together");
    }

    private MessageGroup? TryKeep(Dictionary<object, (MessageGroup Group, int Index)> places, ChatMessage message)
    {
        if (!places.TryGetValue(message, out var place)
            && !(message.MessageId is { } id && places.TryGetValue(id, out place) && IsNewForm(place.Group.Messages[place.Index], message)))
        {
            return null;
        }

        var (group, index) = place;
        var kept = _kept.TryGetValue(group, out var known) ? known : _kept[group] = new ChatMessage?[group.Messages.Count];
        kept[index] ??= message;
        return group;
    }

    /// <summary>Returns where each message stands, by itself and by its id.</summary>
    private static Dictionary<object, (MessageGroup Group, int Index)> PlacesOf(IReadOnlyList<MessageGroup> groups)
    {
        var places = new Dictionary<object, (MessageGroup, int)>();
        foreach (var group in groups)
        {
            for (var index = 0; index < group.Messages.Count; index++)
            {
                places.TryAdd(group.Messages[index], (group, index));
                if (group.Messages[index].MessageId is { } id)
                {
                    places.TryAdd(id, (group, index));
                }
            }
        }

        return places;
    }

    private static bool IsNewForm(ChatMessage given, ChatMessage returned) =>
        given.Role == returned.Role && ToolPairs.IdsOf(given).SequenceEqual(ToolPairs.IdsOf(returned));
}
