using System.Text.RegularExpressions;

namespace AiObs.Conversations.Memory.Summaries;

/// <summary>Finds what must not be paraphrased: numbers, dates, codes, addresses and quoted names.</summary>
internal static partial class Literals
{
    private const int Shortest = 2;
    private const int Longest = 200;

    /// <summary>Returns the literals of a text, each once, in the order of their last place.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (Match match in Candidates().Matches(text))
        {
            var literal = match.Value[0] == '"' ? match.Value : match.Value.Trim('.', ',', ':', '!', '?', '\'', '*', '`');
            if (literal.Length is >= Shortest and <= Longest && (literal[0] == '"' || IsLiteral(literal)))
            {
                found.Remove(literal);
                found.Add(literal, true);
            }
        }

        return [.. found.Keys];
    }

    private static bool IsLiteral(string word) =>
        word.Any(char.IsDigit) || word.Contains("://", StringComparison.Ordinal) || (word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && word.IndexOf('.', at) > at);

    [GeneratedRegex("""
        "[^"\r\n]{2,80}"|[^\s"<>(){}\[\];|]+
        """)]
    private static partial Regex Candidates();
}
