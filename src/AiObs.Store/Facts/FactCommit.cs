using AiObs.Events;

namespace AiObs.Store;

/// <summary>What is done to the facts of a user at once: all of it happens, or nothing.</summary>
public sealed record FactCommit
{
    /// <summary>Gets the tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Gets the user. At most 512 characters.</summary>
    public required string UserId { get; init; }

    /// <summary>Gets when it happens.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the version that the facts of the user must have; 0 where there were none yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>Gets the facts that are believed from now on, each key once. They end those of their keys.</summary>
    public IReadOnlyList<Fact> Saved { get; init; } = [];

    /// <summary>Gets the keys whose facts are believed no longer, and have none in their place.</summary>
    public IReadOnlyList<string> Ended { get; init; } = [];

    /// <summary>Gets how far a conversation was read for facts.</summary>
    public FactPosition? Position { get; init; }

    /// <summary>Gets a new version of the user's profile.</summary>
    public UserProfile? Profile { get; init; }

    /// <summary>Gets the events that tell of it, redacted. A store that keeps events too keeps these in the same transaction, or so that they reach the log whatever happens next.</summary>
    public IReadOnlyList<AgentEvent> Events { get; init; } = [];
}
