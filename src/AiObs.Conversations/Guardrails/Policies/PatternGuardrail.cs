using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>Finds what regular expressions match.</summary>
/// <remarks>
/// They are run over the text in Unicode's form NFKC without characters that nobody sees, and over what is written in it in base64, percent-encoded or in tags. Case and look-alikes count as the expressions say.
/// More than six characters in a row that nobody sees are a hit of their own, as a match could be hidden among them.
/// </remarks>
public sealed class PatternGuardrail : IGuardrail
{
    private const string Hidden = "more than 6 characters in a row that nobody sees";

    private readonly GuardrailPattern[] _patterns;

    /// <summary>Initializes a new instance of the <see cref="PatternGuardrail"/> class.</summary>
    /// <param name="patterns">The patterns; at least one. Of two that match the same characters the first counts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="patterns"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">There is none.</exception>
    public PatternGuardrail(params IEnumerable<GuardrailPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        _patterns = [.. patterns];
        if (_patterns.Length == 0)
        {
            throw new ArgumentException("There must be at least one pattern.", nameof(patterns));
        }
    }

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>pattern</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "pattern";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.All;

    /// <inheritdoc/>
    public bool CanRedact => true;

    /// <inheritdoc/>
    /// <value>Nine for each character of the longest <see cref="GuardrailPattern.LongestMatch"/>, and 17: so much may be hidden in it. <see langword="null"/> where a pattern has none.</value>
    public int? LongestMatch => Array.TrueForAll(_patterns, static pattern => pattern.Reach is not null) ? _patterns.Max(static pattern => pattern.Reach) : null;

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(PolicyHits.In(request, FindIn, cancellationToken));
    }

    private List<TextMatch> FindIn(string text)
    {
        List<TextMatch> matches = [];
        foreach (var view in TextView.Of(text, TextForm.Clean))
        {
            foreach (var pattern in _patterns)
            {
                pattern.AddMatches(matches, view);
            }

            PolicyHits.AddHidden(matches, view, Hidden);
        }

        return matches;
    }
}
