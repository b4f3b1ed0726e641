using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>Payment card numbers: of an issuer's range, grouped as on cards or not at all, and with the right check digit.</summary>
internal static partial class CardNumber
{
    private const int ShortestLength = 13;

    public static RedactionRule Rule { get; } = new("card", Candidate, Measure);

    /// <summary>Takes the whole candidate, or its head without the last group: a card number is often followed by its security code.</summary>
    private static int Measure(string candidate)
    {
        if (IsLuhn(candidate))
        {
            return candidate.Length;
        }

        var lastGroup = candidate.LastIndexOfAny([' ', '-']);
        return lastGroup > 0 && IsLuhn(candidate.AsSpan(0, lastGroup)) ? lastGroup : 0;
    }

    /// <summary>Doubles every second digit from the right; the sum of all digits must then end in 0.</summary>
    private static bool IsLuhn(ReadOnlySpan<char> number)
    {
        var sum = 0;
        var count = 0;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                continue;
            }

            var digit = number[i] - '0';
            var weighted = count++ % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return count >= ShortestLength && sum % 10 == 0;
    }

    // The digits in one, as many as the issuer's range has; or grouped 4-4-4-4, with a last group of three or without, 4-6-5 or 4-6-4.
    [GeneratedRegex(
        RedactionRule.WordStart + @"(?<![0-9]\.|\+)(?=3[04-9]|[456]|2[2-7])"
            + "(?:4[0-9]{12}|3[0689][0-9]{12}|3[47][0-9]{13}|[2-6][0-9]{15}|6[0-9]{18}"
            + @"|[0-9]{4}([ -])(?:[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{3})?|[0-9]{6}\1[0-9]{4,5}))"
            + RedactionRule.WordEnd + @"(?!\.[0-9])",
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Candidate { get; }
}
