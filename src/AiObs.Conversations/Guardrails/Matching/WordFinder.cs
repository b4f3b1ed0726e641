using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Finds words and phrases in folded texts, the longest at each place.</summary>
internal sealed class WordFinder
{
    private readonly SearchValues<string> _search;
    private readonly Dictionary<char, string[]> _byFirst;
    private readonly bool _wholeWords;

    /// <summary>Initializes a new instance of the <see cref="WordFinder"/> class.</summary>
    /// <param name="words">The words, as they are written; none of them empty when folded.</param>
    /// <param name="wholeWords">Whether what is found must be no part of a longer word.</param>
    public WordFinder(IEnumerable<string> words, bool wholeWords)
    {
        string[] folded = [.. words.Select(TextNormalizer.Fold).Distinct(StringComparer.Ordinal)];
        _search = SearchValues.Create(folded, StringComparison.Ordinal);
        _byFirst = folded.GroupBy(static word => word[0]).ToDictionary(static group => group.Key, static group => group.OrderByDescending(static word => word.Length).ToArray());
        _wholeWords = wholeWords;
        LongestWord = folded.Max(static word => word.Length);
    }

    /// <summary>Gets how many characters the longest of them has when folded.</summary>
    public int LongestWord { get; }

    /// <summary>Returns the words in a folded text, with their places there.</summary>
    public IEnumerable<(int Start, int Length)> In(string folded)
    {
        for (var start = 0; start < folded.Length;)
        {
            var next = folded.AsSpan(start).IndexOfAny(_search);
            if (next < 0)
            {
                yield break;
            }

            start += next;
            var length = LongestAt(folded, start);
            if (length > 0)
            {
                yield return (start, length);
            }

            start += Math.Max(1, length);
        }
    }

    private int LongestAt(string folded, int start)
    {
        foreach (var word in _byFirst[folded[start]])
        {
            if (string.CompareOrdinal(folded, start, word, 0, word.Length) == 0 && (!_wholeWords || IsWhole(folded, start, word.Length)))
            {
                return word.Length;
            }
        }

        return 0;
    }

    private static bool IsWhole(string text, int start, int length) =>
        (start == 0 || !Joins(text, start - 1, start)) && (start + length == text.Length || !Joins(text, start + length - 1, start + length));

    /// <summary>Tells whether two characters behind one another are of one word. Scripts without spaces do not say where a word ends.</summary>
    private static bool Joins(string text, int first, int second) =>
        IsOfWord(text, first) && IsOfWord(text, second) && !(HasNoSpaces(text[first]) || HasNoSpaces(text[second]));

    private static bool IsOfWord(string text, int index)
    {
        var character = text[index];
        if (!char.IsSurrogate(character))
        {
            return char.IsLetterOrDigit(character) || character == '_' || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
        }

        return Rune.TryGetRuneAt(text, char.IsLowSurrogate(character) ? Math.Max(0, index - 1) : index, out var rune) && Rune.IsLetterOrDigit(rune);
    }

    private static bool HasNoSpaces(char character) => character is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
