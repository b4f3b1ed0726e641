using System.Text.RegularExpressions;

namespace AiObs.Privacy;

/// <summary>One built-in rule: a pattern, and a check of what the pattern found.</summary>
internal sealed partial class RedactionRule
{
    private readonly Regex _pattern;
    private readonly Func<string, bool> _isHit;
    private readonly string _placeholder;

    private RedactionRule(string name, Regex pattern, Func<string, bool> isHit)
    {
        Name = name;
        _pattern = pattern;
        _isHit = isHit;
        _placeholder = $"[{name.ToUpperInvariant()}]";
    }

    /// <summary>Gets the rule's name, the suffix of <c>aiobs.redaction.</c>.</summary>
    public string Name { get; }

    /// <summary>Creates the rules chosen, in the order in which they must run.</summary>
    public static RedactionRule[] For(RedactionRules rules) =>
        rules.HasFlag(RedactionRules.Email) ? [new("email", Email, static _ => true)] : [];

    /// <summary>Replaces what the rule finds.</summary>
    public string Apply(string text, out int hits)
    {
        var count = 0;
        var result = _pattern.Replace(text, match =>
        {
            if (!_isHit(match.Value))
            {
                return match.Value;
            }

            count++;
            return _placeholder;
        });
        hits = count;
        return result;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Email { get; }
}
