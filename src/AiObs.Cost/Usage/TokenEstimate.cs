namespace AiObs.Cost.Usage;

/// <summary>How many tokens something may be.</summary>
/// <param name="Tokens">The estimate.</param>
/// <param name="IsPartial">Whether it holds something that cannot be estimated, such as an image; then the number is what the rest may be.</param>
internal readonly record struct TokenEstimate(long Tokens, bool IsPartial)
{
    /// <summary>Adds another estimate.</summary>
    public TokenEstimate Plus(TokenEstimate other) => new(Tokens + other.Tokens, IsPartial || other.IsPartial);
}
