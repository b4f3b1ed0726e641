using System.Text.RegularExpressions;
using AiObs.Conversations.Guardrails.Matching;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Finds any of a list of phrases in folded texts, in a time that grows with the text alone. See <see cref="JailbreakPhrases"/> for how they are written.</summary>
internal sealed partial class PhraseFinder
{
    private const string Between = @"[\W_]+";
    private const string WordsBetween = @"(?:[\W_]+\w+){0,5}[\W_]+";
    private const string OptionalWordsBetween = @"(?:\w+[\W_]+){0,5}";
    private const string CharactersBetween = ".{0,12}";

    private readonly Regex? _builtIn;
    private readonly WordFinder? _own;

    /// <summary>Initializes a new instance of the <see cref="PhraseFinder"/> class.</summary>
    /// <param name="phrases">The built-in phrases.</param>
    /// <param name="own">Words and phrases of the application's own, as they are written.</param>
    public PhraseFinder(string[] phrases, IReadOnlyList<string> own)
    {
        _builtIn = phrases.Length == 0 ? null : new(string.Join('|', phrases.Select(ToPattern)), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        _own = own.Count == 0 ? null : new(own, wholeWords: true);
    }

    /// <summary>Returns where the first of them stands; <see langword="null"/> where none does.</summary>
    public (int Start, int Length)? FindIn(string folded)
    {
        if (_builtIn?.Match(folded) is { Success: true } match)
        {
            return (match.Index, match.Length);
        }

        foreach (var place in _own?.In(folded) ?? [])
        {
            return place;
        }

        return null;
    }

    private static string ToPattern(string phrase)
    {
        var folded = TextNormalizer.Fold(phrase)
            .Replace("~?", OptionalWordsBetween, StringComparison.Ordinal)
            .Replace("~", WordsBetween, StringComparison.Ordinal)
            .Replace("...", CharactersBetween, StringComparison.Ordinal);
        var pattern = Spaces.Replace(folded, Between);

        // Scripts without spaces have no place where a word begins.
        return phrase.Any(static character => character is >= '\u3040' and <= '\u9FFF') ? pattern : $@"\b(?:{pattern})\b";
    }

    [GeneratedRegex(" (?![?])", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces { get; }
}
