using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>JSON Web Tokens, signed (three parts) or encrypted (five).</summary>
internal static partial class Jwt
{
    public static RedactionRule Rule { get; } = new("jwt", Token);

    // "eyJ" is how every JSON object with a member begins in base64.
    [GeneratedRegex(
        RedactionRule.TokenStart + @"eyJ(?>[0-9A-Za-z_-]{8,})(?:\.[0-9A-Za-z_-]*){2,4}",
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Token { get; }
}
