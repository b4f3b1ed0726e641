namespace AiObs.Facts;

/// <summary>Finds facts about a user in what was said.</summary>
/// <remarks>One instance serves many users at a time: it keeps nothing of any of them.</remarks>
public interface IFactExtractor
{
    /// <summary>Finds facts. What it throws leaves everything as it is, and the same messages are read the next time.</summary>
    /// <param name="source">The messages, and what is known already.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>What it found: a new value for a key that is known takes the place of the old one. Nothing is taken from it that names no message of the user as its evidence.</returns>
    ValueTask<IReadOnlyList<FactProposal>> ExtractAsync(FactSource source, CancellationToken cancellationToken);
}
