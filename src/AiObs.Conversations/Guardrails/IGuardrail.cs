namespace AiObs.Guardrails;

/// <summary>Finds what should not be said or done. What follows is decided by the mode of its <see cref="GuardrailRule"/>.</summary>
/// <remarks>One instance serves many conversations at a time: it keeps nothing of any of them.</remarks>
public interface IGuardrail
{
    /// <summary>Gets the name in findings, events, spans and metrics, such as <c>personal_data</c>. Redacted texts show it in capitals.</summary>
    string Name { get; }

    /// <summary>Gets where it can look.</summary>
    GuardrailStages Stages { get; }

    /// <summary>Gets a value indicating whether each of its hits says where in a text it stands, so that it can be replaced.</summary>
    bool CanRedact => false;

    /// <summary>Gets how much of a text must follow a character for it to be certain whether the character is part of a hit. So many are held back of a stream, so that no part of a hit is shown.</summary>
    /// <value>
    /// The default is <see langword="null"/>: nobody knows, and the whole answer is held back until it was checked. Else this is what the guardrail promises for each beginning of a text, in characters of the text as it
    /// stands: those before the last <see cref="LongestMatch"/> ones are part of a hit where, and only where, they are in every text that begins so. A hit that reaches into the last ones may still grow, or be joined by another.
    /// </value>
    /// <remarks>With a value it looks at each update of a stream, at what is new and at some of the text before, on the thread that reads the stream: it must be fast and must not block.</remarks>
    int? LongestMatch => null;

    /// <summary>Looks at messages.</summary>
    /// <param name="request">What to look at.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up, or when <see cref="GuardrailRule.Timeout"/> is over.</param>
    /// <returns>What was found: <see cref="GuardrailVerdict.Pass"/> for nothing. What it throws follows <see cref="GuardrailRule.OnFailure"/>.</returns>
    ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken);
}
