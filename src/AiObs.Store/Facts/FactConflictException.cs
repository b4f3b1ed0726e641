using AiObs.Store.Telemetry;

namespace AiObs.Store;

/// <summary>The facts of a user are not as a commit expected them; nothing was done.</summary>
public sealed class FactConflictException : Exception, IHasOutcome
{
    /// <summary>Initializes a new instance of the <see cref="FactConflictException"/> class.</summary>
    /// <param name="message">What was expected, and what is there.</param>
    /// <param name="actualVersion">The version that the facts of the user have.</param>
    public FactConflictException(string message, long actualVersion)
        : base(message) => ActualVersion = actualVersion;

    /// <summary>Gets the version that the facts of the user have.</summary>
    public long ActualVersion { get; }

    string IHasOutcome.Outcome => StoreOutcomes.Conflict;
}
