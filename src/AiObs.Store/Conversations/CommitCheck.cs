namespace AiObs.Store.Conversations;

/// <summary>Finds what no store can do, before it is tried.</summary>
internal static class CommitCheck
{
    /// <summary>The most characters of an id.</summary>
    public const int MaxIdLength = 512;

    /// <exception cref="ArgumentException">The commit contradicts itself, or an id is empty or too long.</exception>
    public static void ThrowIfInvalid(ConversationCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ThrowIfNoId(commit.ConversationId, "The id of the conversation");
        ThrowIfTooLong(commit.Tenant, "The tenant");
        ThrowIf(commit.Delete is not null && commit.Restore, "A commit cannot delete a conversation and restore it.");
        ThrowIf(
            (commit.Delete is not null || commit.Restore) && (commit.Messages.Count > 0 || commit.Create is not null || commit.Update is not null || commit.Fork is not null || commit.Turn is not null),
            "A commit that deletes or restores a conversation does nothing else to it.");
        ThrowIf(commit.Fork is not null && commit.Branch is not null, "A commit that forks writes to the new branch; leave Branch out.");
        ThrowIf(commit.Update is not null && commit.ExpectedVersion is null, "Update needs ExpectedVersion, so that nobody's change is lost.");
        ThrowIf(commit.Update is not null && commit.Create is not null, "A commit creates a conversation or updates it.");
        foreach (var message in commit.Messages)
        {
            ThrowIfNoId(message.Id, "The id of a message");
            ThrowIfTooLong(message.Role.Value, "The role of a message");
            ThrowIfTooLong(message.TurnId ?? "", "The turn of a message");
            ThrowIfTooLong(message.ReplacesId ?? "", "The id of the message that another replaces");
            ThrowIf(message.Content is null || message.Status == MessageStatus.Erased, $"The message '{message.Id}' has no content.");
        }

        ThrowIf(commit.Messages.DistinctBy(static message => message.Id).Count() < commit.Messages.Count, "Two messages of the commit have the same id.");
        if (commit.Turn is { } turn)
        {
            ThrowIfNoId(turn.Id, "The id of the turn");
        }
    }

    /// <exception cref="ConversationConflictException">The conversation has another version than the commit expects.</exception>
    public static void ThrowIfUnexpected(ConversationCommit commit, long version)
    {
        if (commit.ExpectedVersion is { } expected && expected != version)
        {
            throw new ConversationConflictException(
                expected == 0
                    ? $"There is a conversation '{commit.ConversationId}' already, with version {version}. Find it and go on with it, or create one with another id."
                    : $"The conversation '{commit.ConversationId}' was expected to have version {expected}, and has version {version}. Read it again and repeat what is to be done.",
                version);
        }
    }

    /// <summary>Makes the error for a message whose id another one has already.</summary>
    public static ConversationConflictException IdTaken(ConversationCommit commit, string messageId, long version) => new(
        $"The conversation '{commit.ConversationId}' has a message '{messageId}' already. Give a new message an id of its own, or none; a repeated commit must have the same messages.", version);

    /// <summary>Makes the error for a branch that is not there.</summary>
    public static ArgumentException NoSuchBranch(ConversationCommit commit, int branch) => new($"The conversation '{commit.ConversationId}' has no branch {branch}.");

    /// <summary>Makes the error for a fork after a message that is not on the branch.</summary>
    public static ArgumentException NoSuchPlace(ConversationCommit commit, BranchPoint point) => new(
        $"The conversation '{commit.ConversationId}' has no message {point.AfterSequence} on its branch {point.Branch}, so that nothing can branch off there.");

    private static void ThrowIfNoId(string? id, string what)
    {
        ThrowIf(string.IsNullOrEmpty(id), $"{what} is empty.");
        ThrowIfTooLong(id!, what);
    }

    private static void ThrowIfTooLong(string id, string what) => ThrowIf(
        id.Length > MaxIdLength || !Events.StoredText.IsStorable(id), $"{what} has more than {MaxIdLength} characters, or some that no database takes (NUL, half of a surrogate pair).");

    private static void ThrowIf(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new ArgumentException(message);
        }
    }
}
