namespace AiObs.Guardrails;

/// <summary>What a guardrail found.</summary>
/// <param name="Hits">What it found, in any order; none where all is well.</param>
public sealed record GuardrailVerdict(IReadOnlyList<GuardrailHit> Hits)
{
    /// <summary>Gets the verdict that nothing was found.</summary>
    public static GuardrailVerdict Pass { get; } = new([]);

    /// <summary>Returns the verdict of one hit that stands nowhere in particular.</summary>
    /// <param name="reason">Why, in words that a person understands, without what was said: it is in events and metrics, where content is not.</param>
    /// <param name="score">How sure it is, between 0 and 1.</param>
    /// <returns>The verdict.</returns>
    public static GuardrailVerdict Fail(string reason, double score = 1) => new([new(reason, score)]);
}
