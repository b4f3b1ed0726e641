using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>Bank account numbers in IBAN form: of a country that has them, as long as that country's are, and with the right check digits.</summary>
internal static partial class Iban
{
    private const int CountryLength = 2;
    private const int HeadLength = 4;

    /// <summary>Country codes, each followed by the length of its account numbers.</summary>
    private const string Registry =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 "
        + "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 "
        + "LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 "
        + "SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly FrozenDictionary<string, int> Lengths = Registry.Split(' ').ToFrozenDictionary(
        static entry => entry[..CountryLength],
        static entry => (entry[2] - '0') * 10 + (entry[3] - '0'),
        StringComparer.OrdinalIgnoreCase);

    public static RedactionRule Rule { get; } = new("iban", Candidate, Measure);

    private static int Measure(string candidate)
    {
        if (!Lengths.TryGetValue(candidate[..CountryLength], out var expected))
        {
            return 0;
        }

        Span<char> number = stackalloc char[expected];
        var count = 0;
        var end = 0;
        for (; end < candidate.Length && count < expected; end++)
        {
            if (char.IsAsciiLetterOrDigit(candidate[end]))
            {
                number[count++] = candidate[end];
            }
        }

        var isWhole = count == expected && (end == candidate.Length || !char.IsAsciiLetterOrDigit(candidate[end]));
        return isWhole && Remainder(number) == 1 ? end : 0;
    }

    /// <summary>Reads the number with its head moved to the end and letters as 10 to 35, modulo 97.</summary>
    private static int Remainder(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var character = number[(i + HeadLength) % number.Length];
            remainder = char.IsAsciiDigit(character)
                ? (remainder * 10 + (character - '0')) % 97
                : (remainder * 100 + (char.ToUpperInvariant(character) - 'A' + 10)) % 97;
        }

        return remainder;
    }

    // The words after an account number look like more groups of it; the country's length tells where it ends.
    [GeneratedRegex(
        RedactionRule.WordStart + @"[A-Za-z]{2}[0-9]{2}(?:[ \u00A0-]?[0-9A-Za-z]){11,30}",
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Candidate { get; }
}
