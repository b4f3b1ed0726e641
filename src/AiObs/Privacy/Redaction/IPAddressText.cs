using System.Net;
using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>IPv4 addresses, and the IPv6 addresses that are in use: global, local and multicast ones.</summary>
internal static partial class IPAddressText
{
    private const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private const string Version4 = @"(?<!\.|(?i:version)[ :=""']{1,4})(?!0)(?:" + Octet + @"\.){3}" + Octet + @"(?!\.[0-9])";
    private const string Version6 = "(?<!:)(?:[23][0-9A-Fa-f]{3}|[Ff][C-Fc-f][0-9A-Fa-f]{2})(?::{1,2}[0-9A-Fa-f]{1,4}){1,7}(?:::)?(?!:[0-9A-Fa-f])";

    public static RedactionRule Rule { get; } = new("ip_address", Candidate, Measure);

    private static int Measure(string candidate) =>
        candidate.Contains('.', StringComparison.Ordinal) || IsVersion6(candidate) ? candidate.Length : 0;

    /// <summary>Names in code such as <c>feed::add</c> are hexadecimal too, but hold no digit.</summary>
    private static bool IsVersion6(string candidate) =>
        candidate.AsSpan().ContainsAnyInRange('0', '9') && IPAddress.TryParse(candidate, out _);

    // Four numbers are an address unless the text calls them a version. The ranges of IPv6 in use begin with 2, 3 and fc to ff.
    [GeneratedRegex(
        RedactionRule.WordStart + "(?:" + Version4 + "|" + Version6 + ")" + RedactionRule.WordEnd,
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Candidate { get; }
}
