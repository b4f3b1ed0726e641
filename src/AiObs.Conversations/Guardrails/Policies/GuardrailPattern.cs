using System.Text.RegularExpressions;
using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>A named regular expression of a <see cref="PatternGuardrail"/>.</summary>
/// <remarks>
/// It is run without backtracking, in a time that grows with the text alone. Where it needs backtracking (look-around, back references, atomic groups) it may take 100 ms on a text; more is a failure of the guardrail.
/// </remarks>
public sealed class GuardrailPattern
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    /// <summary>Initializes a new instance of the <see cref="GuardrailPattern"/> class.</summary>
    /// <param name="name">What it finds, such as <c>order number</c>: the reason of its hits.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="options">Its options, such as <see cref="RegexOptions.IgnoreCase"/>. Culture never counts.</param>
    /// <exception cref="ArgumentException">The name is empty, the pattern is no regular expression, or the options are not for .NET's own syntax.</exception>
    public GuardrailPattern(string name, string pattern, RegexOptions options = RegexOptions.None)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Name = name;
        _regex = Create(pattern, options | RegexOptions.CultureInvariant);
    }

    /// <summary>Gets what it finds.</summary>
    public string Name { get; }

    /// <summary>Gets how many characters a match may have, with what is looked at behind it. A longer one counts as far as it matches within so many, else not at all.</summary>
    /// <value>The default is <see langword="null"/>: any number, so that a stream is held back whole. Must lie between 1 and 1,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public int? LongestMatch
    {
        get;
        init
        {
            if (value is { } length)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(LongestMatch));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1_000_000, nameof(LongestMatch));
            }

            field = value;
        }
    }

    /// <summary>Gets a value indicating whether it is run without backtracking.</summary>
    internal bool IsLinear => _regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Gets how many characters of a text its matches have at most, with what is hidden in them.</summary>
    internal int? Reach => LongestMatch is { } length ? Conversations.Guardrails.Matching.Reach.Of(length) : null;

    /// <summary>Adds its matches in a view to those that were found before.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    internal void AddMatches(List<TextMatch> matches, in TextView view)
    {
        try
        {
            foreach (var (start, length) in In(view.Text.Value))
            {
                PolicyHits.Add(matches, view, Name, start, length, Reach);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // The exception of the regular expression has the text.
            throw TooSlow();
        }
    }

    /// <summary>Tells whether it matches anywhere in a text.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    internal bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    private IEnumerable<(int Start, int Length)> In(string text)
    {
        for (var match = _regex.Match(text); match.Success;)
        {
            var length = LongestMatch is { } longest && match.Length > longest ? LengthWithin(text, match.Index, longest) : match.Length;
            if (length > 0)
            {
                yield return (match.Index, length);
            }

            var next = match.Index + Math.Max(1, length);
            match = next <= text.Length ? _regex.Match(text, next) : Match.Empty;
        }
    }

    private int LengthWithin(string text, int start, int longest)
    {
        var match = _regex.Match(text[..Math.Min(text.Length, start + longest)], start);
        return match.Success && match.Index == start ? match.Length : 0;
    }

    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new(pattern, options, TimeLimit);
        }
    }

    private TimeoutException TooSlow() => new($"The pattern '{Name}' took longer than {TimeLimit.TotalMilliseconds} ms on a text.");
}
