namespace AiObs;

/// <summary>The built-in redaction rules; each replaces what it finds by <c>[RULE]</c> and counts it on the span as <c>aiobs.redaction.{rule}</c>.</summary>
[Flags]
public enum RedactionRules
{
    /// <summary>No rule. The default.</summary>
    None = 0,

    /// <summary>Mail addresses.</summary>
    Email = 1,

    /// <summary>Phone numbers with a country code, or written with separators.</summary>
    Phone = 2,

    /// <summary>Payment card numbers whose Luhn check digit is right.</summary>
    Card = 4,

    /// <summary>Bank account numbers in IBAN form whose check digits are right.</summary>
    Iban = 8,

    /// <summary>IPv4 and IPv6 addresses.</summary>
    IpAddress = 16,

    /// <summary>JSON Web Tokens.</summary>
    Jwt = 32,

    /// <summary>API keys in the shapes of the large providers.</summary>
    ApiKey = 64,

    /// <summary>All of them.</summary>
    All = Email | Phone | Card | Iban | IpAddress | Jwt | ApiKey,
}
