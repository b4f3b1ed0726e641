namespace AiObs.Store;

/// <summary>How a conversation is deleted.</summary>
public enum ConversationDelete
{
    /// <summary>It is not found any more, and keeps its content until it is restored or erased.</summary>
    Hide,

    /// <summary>Content, summaries, title, tags and metadata are gone for good. What stays says that there was one: ids, counts and times.</summary>
    Erase,
}
