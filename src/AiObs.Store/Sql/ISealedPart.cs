using AiObs.Store.Events;

namespace AiObs.Store.Sql;

/// <summary>A part of a store beside the events, whose rows are hashed in the order in which they came; the event log verifies it with its own.</summary>
internal interface ISealedPart
{
    /// <summary>Gets the name under which the part stands in anchors and faults.</summary>
    string Name { get; }

    /// <summary>Checks the part, where the database has it.</summary>
    /// <param name="read">A snapshot.</param>
    /// <param name="chain">Makes the hashes.</param>
    /// <param name="anchors">The heads of the part that were kept outside.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    ValueTask<SealedPartVerification> VerifyAsync(
        SqlSession read, EventChain chain, IReadOnlyList<EventLogAnchor> anchors, CancellationToken cancellationToken);
}
