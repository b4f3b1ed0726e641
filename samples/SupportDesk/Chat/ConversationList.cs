using SupportDesk.Assistant;

namespace SupportDesk.Chat;

/// <summary>Keeps the newest conversations in memory; where there are too many, the oldest goes.</summary>
internal sealed class ConversationList(KnowledgeBase articles)
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = [];

    public Conversation Start(string visitor)
    {
        var conversation = new Conversation(visitor, new SupportTools(articles).Create());
        lock (_gate)
        {
            _conversations.Add(conversation.Id, conversation);
            _oldest.Enqueue(conversation.Id);
            if (_oldest.Count > Capacity)
            {
                _conversations.Remove(_oldest.Dequeue());
            }
        }

        return conversation;
    }

    /// <summary>Returns a conversation of a visitor; null where it is somebody else's, or nobody's.</summary>
    public Conversation? Find(string id, string visitor)
    {
        lock (_gate)
        {
            return _conversations.GetValueOrDefault(id) is { } found && found.Visitor == visitor ? found : null;
        }
    }
}
