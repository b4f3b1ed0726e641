namespace AiObs.Store;

/// <summary>What is known of a user.</summary>
/// <param name="Version">How many commits have been made to it; 0 where nothing was ever known.</param>
/// <param name="Facts">The facts that were asked for, the newest first.</param>
public sealed record UserFacts(long Version, IReadOnlyList<Fact> Facts);
