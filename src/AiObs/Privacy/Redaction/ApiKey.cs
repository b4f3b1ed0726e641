using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>Keys, tokens and private keys: in the shapes of their issuers, or named as what they are.</summary>
internal static partial class ApiKey
{
    // OpenAI and those who copied the form: sk-…, sk-proj-…, sk-ant-…, sk-or-v1-…. Words joined by hyphens hold no digit.
    private const string ModelProviders =
        "sk-(?=[A-Za-z_-]*[0-9])[0-9A-Za-z_-]{20,}|gsk_[0-9A-Za-z]{40,}|xai-[0-9A-Za-z]{40,}|pplx-[0-9A-Za-z]{40,}|hf_[0-9A-Za-z]{30,}|r8_[0-9A-Za-z]{30,}";

    private const string Clouds =
        @"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])|AIza[0-9A-Za-z_-]{35}|GOCSPX-[0-9A-Za-z_-]{20,}|ya29\.[0-9A-Za-z_-]{20,}";

    private const string Developers =
        "gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,}|glpat-[0-9A-Za-z_-]{20,}|npm_[0-9A-Za-z]{36,}|pypi-[0-9A-Za-z_-]{50,}";

    private const string Services =
        @"xox[abeoprs]-[0-9A-Za-z-]{10,}|xapp-[0-9A-Za-z-]{20,}|[rs]k_(?:live|test)_[0-9A-Za-z]{10,}|whsec_[0-9A-Za-z+/]{20,}|SG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}";

    private const string PrivateKey = "-----BEGIN [0-9A-Z ]{0,20}PRIVATE KEY-----[^-]+(?:-----END [0-9A-Z ]{0,20}PRIVATE KEY-----)?";

    private const string Name =
        "(?:(?:api|access|account|shared[-_ ]?access|secret|secret[-_ ]?access|subscription)[-_ ]?key|(?:auth|access|refresh|secret)[-_ ]?token|client[-_ ]?secret)";

    // Long hexadecimal and base64 text is usually a hash, an id or data; only what stands before it tells a key.
    private const string Named =
        "(?<=(?i:bearer |[?&](?:sig|key|token)=|" + Name + """["']?(?: ?[:=] ?|, ?)["']?))"""
        + "(?=[A-Za-z_.~+/%-]*[0-9])[0-9A-Za-z_.~+/%-]{16,}={0,2}";

    public static RedactionRule Rule { get; } = new("api_key", Key, member: Member);

    [GeneratedRegex(
        RedactionRule.TokenStart + "(?:" + ModelProviders + "|" + Clouds + "|" + Developers + "|" + Services + "|" + Named + ")|" + PrivateKey,
        RegexOptions.CultureInvariant,
        RedactionRule.TimeLimit)]
    private static partial Regex Key { get; }

    [GeneratedRegex("(?i:^(?:.*[-_])?" + Name + "$)", RegexOptions.CultureInvariant, RedactionRule.TimeLimit)]
    private static partial Regex Member { get; }
}
