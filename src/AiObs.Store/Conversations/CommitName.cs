using AiObs.Store.Telemetry;

namespace AiObs.Store.Conversations;

/// <summary>Names commits in telemetry.</summary>
internal static class CommitName
{
    /// <summary>Returns what a commit mainly does, one of <see cref="StoreOperationNames"/>.</summary>
    public static string Of(ConversationCommit commit) => commit switch
    {
        { Delete: ConversationDelete.Erase } => StoreOperationNames.ConversationErase,
        { Delete: not null } => StoreOperationNames.ConversationRemove,
        { Restore: true } => StoreOperationNames.ConversationRestore,
        { Fork: not null } => StoreOperationNames.ConversationFork,
        { Messages.Count: > 0 } => StoreOperationNames.MessageAdd,
        _ => StoreOperationNames.ConversationSave,
    };
}
