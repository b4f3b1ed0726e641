using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Tells what a commit has made of a conversation, without reading it.</summary>
internal static class TurnConversation
{
    public static Conversation After(Conversation before, ConversationCommit commit, CommitResult result) => before with
    {
        Version = result.Version,
        MessageCount = before.MessageCount + result.Sequences.Count,
        CreatedAt = before.Version == 0 ? commit.At : before.CreatedAt,
        UpdatedAt = commit.At,
        ExpiresAt = commit.ExpiresAt ?? before.ExpiresAt,
        BranchCount = commit.Fork is null ? before.BranchCount : before.BranchCount + 1,
        Branch = commit.MakesCurrent ? result.Branch : before.Branch,
    };
}
