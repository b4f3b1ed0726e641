using AiObs.Store.Events;

namespace AiObs.Store.Facts;

/// <summary>Finds what no store can do, before it is tried.</summary>
internal static class FactCheck
{
    private const int MaxIdLength = 512;

    /// <exception cref="ArgumentException">The commit contradicts itself, or an id or a key is empty or too long.</exception>
    public static void ThrowIfInvalid(FactCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ThrowIfNoId(commit.UserId, "The user");
        ThrowIf(commit.Tenant.Length > MaxIdLength || !StoredText.IsStorable(commit.Tenant), $"The tenant has more than {MaxIdLength} characters, or some that no database takes.");
        foreach (var fact in commit.Saved)
        {
            ThrowIfNoId(fact.Id, "The id of a fact");
            ThrowIfNoId(fact.Key, "The key of a fact");
            ThrowIf(fact.Value is null, $"The fact '{fact.Key}' has no value. To end a fact, name its key in {nameof(FactCommit.Ended)}.");
            ThrowIf(fact.Confidence is not (>= 0 and <= 1), $"The confidence of the fact '{fact.Key}' is {fact.Confidence}; it lies between 0 and 1.");
        }

        foreach (var key in commit.Ended)
        {
            ThrowIfNoId(key, "The key of a fact");
        }

        string[] keys = [.. commit.Saved.Select(static fact => fact.Key), .. commit.Ended];
        ThrowIf(keys.Distinct(StringComparer.Ordinal).Count() < keys.Length, "A commit says two things of the same key. Leave one of them out.");
        ThrowIf(commit.Saved.DistinctBy(static fact => fact.Id).Count() < commit.Saved.Count, "Two facts of the commit have the same id.");
        ThrowIf(commit.Profile is { Text: null }, "The profile has no text.");
        if (commit.Position is { } position)
        {
            ThrowIfNoId(position.ConversationId, "The conversation of the position");
            ThrowIf(position.From < 0 || position.To < position.From, "The position goes backwards.");
        }
    }

    /// <summary>Makes the error for facts that have another version than the commit expects.</summary>
    public static FactConflictException Unexpected(FactCommit commit, long version) => new(
        $"What is known of the user was expected to have version {commit.ExpectedVersion}, and has version {version}. Read it again and repeat what is to be done.", version);

    /// <summary>Makes the error for a fact whose id another one of the user has.</summary>
    public static ArgumentException IdTaken() => new("A fact has the id of one that is there already. Give each fact an id of its own.");

    /// <summary>Makes the error for a conversation that somebody else has read for facts meanwhile.</summary>
    public static FactConflictException ReadByAnother(FactPosition position, long actual, long version) => new(
        $"The conversation '{position.ConversationId}' was expected to be read for facts up to message {position.From}, and is up to message {actual}. Read on from there.", version);

    private static void ThrowIfNoId(string? id, string what)
    {
        ThrowIf(string.IsNullOrEmpty(id), $"{what} is empty.");
        ThrowIf(id!.Length > MaxIdLength || !StoredText.IsStorable(id), $"{what} has more than {MaxIdLength} characters, or some that no database takes (NUL, half of a surrogate pair).");
    }

    private static void ThrowIf(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new ArgumentException(message);
        }
    }
}
