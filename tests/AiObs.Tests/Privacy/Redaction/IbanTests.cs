namespace AiObs.Tests.Privacy.Redaction;

public sealed class IbanTests
{
    [Theory]
    [InlineData("DE89370400440532013000", "[IBAN]")]
    [InlineData("DE89 3704 0044 0532 0130 00 and more", "[IBAN] and more")]
    [InlineData("pay GB82 WEST 1234 5698 7654 32.", "pay [IBAN].")]
    [InlineData("NO93 8601 1117 947 is mine", "[IBAN] is mine")]
    [InlineData("BE68 5390 0754 7034 THIS ONE", "[IBAN] THIS ONE")]
    [InlineData("fr1420041010050500013m02606", "[IBAN]")]
    [InlineData("MT84MALT011000012345MTLCAST001S", "[IBAN]")]
    [InlineData("AB12 DE89 3704 0044 0532 0130 00", "AB12 [IBAN]")]
    public void Apply_Iban_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.Iban, text));

    [Theory]
    [InlineData("DE88370400440532013000")]
    [InlineData("DE8937040044053201300")]
    [InlineData("DE893704004405320130001")]
    [InlineData("ZZ89370400440532013000")]
    [InlineData("XDE89370400440532013000")]
    public void Apply_NoIban_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.Iban, text));
}
