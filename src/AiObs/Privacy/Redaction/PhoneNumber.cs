using System.Globalization;
using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>Phone numbers: with a country code, with the leading zero of most countries, or in the groups of North America. A bare run of digits is none.</summary>
internal static partial class PhoneNumber
{
    private const int DateLength = 10;

    private const string Separator = @"(?:[ ./\u00A0-]| ?\(|\)[ ./-]?)?";
    private const string International = @"\+[1-9](?:" + Separator + "[0-9]){7,14}";
    private const string National = @"\(?0(?:0[1-9]|[1-9])(?:" + Separator + "[0-9]){7,12}";
    private const string NorthAmerican = @"(?:1[ .-])?(?:\([2-9][0-9]{2}\)[ -]?|[2-9][0-9]{2}[.-])[2-9][0-9]{2}[ .-][0-9]{4}";

    // Three numbers in a row are a phone number only where no list of numbers goes on around them.
    private const string SpacedNorthAmerican = @"(?<![0-9],? )(?:1 )?[2-9][0-9]{2} [2-9][0-9]{2} [0-9]{4}(?!,? [0-9])";

    private static readonly string[] DateFormats =
        ["dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "dd MM yyyy"];

    public static RedactionRule Rule { get; } = new("phone", Candidate, static candidate => IsPhone(candidate) ? candidate.Length : 0);

    private static bool IsPhone(string candidate)
    {
        var separators = candidate.TrimStart('+', '(').Count(static character => !char.IsAsciiDigit(character));
        return separators switch
        {
            0 => candidate[0] == '+',
            1 => !candidate.Contains('.', StringComparison.Ordinal),
            _ => !IsDate(candidate),
        };
    }

    private static bool IsDate(string candidate) =>
        candidate.Length >= DateLength
        && DateOnly.TryParseExact(candidate[..DateLength], DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(
        RedactionRule.WordStart + @"(?<![0-9][.,:/-]|\+)(?:" + International + "|" + National + "|" + NorthAmerican + "|" + SpacedNorthAmerican + ")"
            + RedactionRule.WordEnd + "(?![.,/:-][0-9])",
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Candidate { get; }
}
