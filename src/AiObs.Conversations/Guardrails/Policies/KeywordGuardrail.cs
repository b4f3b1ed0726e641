using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>Finds words and phrases of a list.</summary>
/// <remarks>
/// Case, accents and letters that look alike do not count, so that <c>Secret</c>, <c>ｓｅｃｒｅｔ</c> and a <c>secret</c> with Cyrillic letters or zero-width characters in it are one word; what is written in
/// base64, percent-encoded or in tags is decoded once. More than six characters in a row that nobody sees are a hit of their own, as a word could be hidden among them.
/// </remarks>
public sealed class KeywordGuardrail : IGuardrail
{
    private const string Found = "a word of the list";
    private const string Hidden = "more than 6 characters in a row that nobody sees";

    private readonly string[] _words;

    /// <summary>Initializes a new instance of the <see cref="KeywordGuardrail"/> class.</summary>
    /// <param name="words">The words and phrases; at least one. Those of a phrase stand apart by one space, and are found with up to seven spaces and line breaks between them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">There is none, or one has nothing that can be seen.</exception>
    public KeywordGuardrail(params IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = PolicyWords.Check(words, nameof(words));
    }

    /// <summary>Gets a value indicating whether a word must not be part of a longer one.</summary>
    /// <value>The default is <see langword="true"/>. Chinese, Japanese, Thai and other scripts without spaces do not say where a word ends, so that words of theirs are found anywhere.</value>
    public bool WholeWords { get; init; } = true;

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>keyword</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "keyword";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.All;

    /// <inheritdoc/>
    public bool CanRedact => true;

    /// <inheritdoc/>
    /// <value>Nine for each character of the longest word, and 17: so much may be hidden in it.</value>
    public int? LongestMatch => Reach.Of(Finder.LongestWord);

    private WordFinder Finder => field ??= new(_words, WholeWords);

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(PolicyHits.In(request, FindIn, cancellationToken));
    }

    private List<TextMatch> FindIn(string text)
    {
        List<TextMatch> matches = [];
        foreach (var view in TextView.Of(text, TextForm.Folded))
        {
            foreach (var (start, length) in Finder.In(view.Text.Value))
            {
                PolicyHits.Add(matches, view, Found, start, length, LongestMatch);
            }

            PolicyHits.AddHidden(matches, view, Hidden);
        }

        return matches;
    }
}
