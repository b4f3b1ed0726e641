using System.Text.RegularExpressions;

namespace AiObs.Cost.Tables;

/// <summary>A regular expression of the data, made when it is first needed: most never are.</summary>
internal sealed class LazyPattern(string pattern)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private Regex? _regex;

    /// <summary>Makes the expression now.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    // The data is written for JavaScript, where \d is ASCII alone; that is what ECMAScript means here.
    public void Compile() => _regex ??= new(pattern, RegexOptions.ECMAScript, MatchTimeout);

    /// <summary>Says whether the pattern is found; a text on which that takes too long is taken for one without.</summary>
    public bool IsIn(string text)
    {
        Compile();
        try
        {
            return _regex!.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
