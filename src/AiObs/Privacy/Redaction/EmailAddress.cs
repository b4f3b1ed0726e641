using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>Mail addresses, in any script.</summary>
internal static partial class EmailAddress
{
    public static RedactionRule Rule { get; } = new("email", Address);

    // Neither the address of a repository (git@github.com:…) nor a package with its version (name@1.0.0-rc.one) is one of a person.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}._%+'-])(?!git@)(?>[\p{L}\p{N}._%+'-]+)@(?![0-9]+\.[0-9])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}",
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Address { get; }
}
