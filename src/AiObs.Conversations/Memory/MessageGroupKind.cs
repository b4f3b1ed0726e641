namespace AiObs.Memory;

/// <summary>What a group of messages is.</summary>
public enum MessageGroupKind
{
    /// <summary>One message that hangs on no other.</summary>
    Plain,

    /// <summary>An instruction in the system role.</summary>
    System,

    /// <summary>Messages of which one is pinned.</summary>
    Pinned,

    /// <summary>A message that is none of the conversation, such as facts about the user.</summary>
    Injected,

    /// <summary>Tool calls with all their results, and approvals with what they answer.</summary>
    ToolCalls,

    /// <summary>A message that stands for others, made by memory.</summary>
    Summary,
}
