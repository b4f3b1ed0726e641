namespace AiObs.Privacy.Redaction;

/// <summary>The built-in rules, in the order in which they must run: long and unmistakable shapes first, so that no rule takes a piece out of another's hit.</summary>
internal static class BuiltInRules
{
    private static readonly (RedactionRules Flag, RedactionRule Rule)[] InOrder =
    [
        (RedactionRules.Jwt, Jwt.Rule),
        (RedactionRules.ApiKey, ApiKey.Rule),
        (RedactionRules.Email, EmailAddress.Rule),
        (RedactionRules.Iban, Iban.Rule),
        (RedactionRules.Card, CardNumber.Rule),
        (RedactionRules.IpAddress, IPAddressText.Rule),
        (RedactionRules.Phone, PhoneNumber.Rule),
    ];

    public static RedactionRule[] For(RedactionRules rules) =>
        [.. InOrder.Where(entry => rules.HasFlag(entry.Flag)).Select(static entry => entry.Rule)];
}
