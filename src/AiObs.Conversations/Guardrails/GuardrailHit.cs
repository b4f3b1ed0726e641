namespace AiObs.Guardrails;

/// <summary>One thing that a guardrail found.</summary>
/// <param name="Reason">What it is, in words that a person understands, without what was said: it is in events, where content is not.</param>
/// <param name="Score">How sure that is, between 0 and 1.</param>
public readonly record struct GuardrailHit(string Reason, double Score = 1)
{
    /// <summary>Gets which of <see cref="GuardrailRequest.Texts"/> it stands in; <see langword="null"/> for none in particular.</summary>
    public int? Text { get; init; }

    /// <summary>Gets where in the text it begins, in characters.</summary>
    public int Start { get; init; }

    /// <summary>Gets how many characters it has.</summary>
    public int Length { get; init; }
}
