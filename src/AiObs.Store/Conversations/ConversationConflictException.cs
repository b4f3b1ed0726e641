using AiObs.Store.Telemetry;

namespace AiObs.Store;

/// <summary>A conversation is not as a commit expected it; nothing was done.</summary>
public sealed class ConversationConflictException : Exception, IHasOutcome
{
    /// <summary>Initializes a new instance of the <see cref="ConversationConflictException"/> class.</summary>
    /// <param name="message">What was expected, and what is there.</param>
    /// <param name="actualVersion">The version that the conversation has.</param>
    public ConversationConflictException(string message, long actualVersion)
        : base(message) => ActualVersion = actualVersion;

    /// <summary>Gets the version that the conversation has.</summary>
    public long ActualVersion { get; }

    string IHasOutcome.Outcome => StoreOutcomes.Conflict;
}
